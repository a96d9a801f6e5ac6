/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.api;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that neither the API key nor what is said leaves by a side way.
 *
 * @author The Electron Spring authors
 */
class ApiKeySecrecyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String KEY = "sk_5e3c9a0d7f";

	private static final String QUESTION = "What-is-my-balance";

	private static final String ANSWER = "Twelve-rupees";

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user(QUESTION)))
		.build();

	@Test
	void nothingSecretIsLoggedOrThrown() throws Exception {
		List<String> log = new CopyOnWriteArrayList<>();
		List<Throwable> thrown = new ArrayList<>();
		Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		Recorder recorder = new Recorder(log);
		recorder.start();
		List<ch.qos.logback.core.Appender<ILoggingEvent>> appenders = new ArrayList<>();
		root.iteratorForAppenders().forEachRemaining(appenders::add);
		appenders.forEach(root::detachAppender);
		root.addAppender(recorder);
		root.setLevel(Level.TRACE);
		try {
			callInAllWays(thrown);
		}
		finally {
			root.setLevel(level);
			root.detachAppender(recorder);
			appenders.forEach(root::addAppender);
		}
		assertThat(log).as("TRACE is on").anyMatch((line) -> line.contains("ExchangeFunctions"));
		assertThat(log).noneMatch((line) -> line.contains(KEY) || line.contains(QUESTION) || line.contains(ANSWER));
		assertThat(thrown).hasSize(8).allSatisfy((ex) -> {
			StringWriter trace = new StringWriter();
			ex.printStackTrace(new PrintWriter(trace));
			assertThat(trace.toString()).doesNotContain(KEY, QUESTION, ANSWER);
			// It would hold the headers and the body
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				assertThat(cause).isNotInstanceOf(WebClientException.class);
			}
		});
	}

	private static void callInAllWays(List<Throwable> thrown) throws Exception {
		String completion = "{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted(ANSWER);
		String echo = "{\"error\": {\"message\": \"Bearer %s is wrong\", \"type\": \"%s\"}}".formatted(KEY, KEY);
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", completion))) {
			call(server.baseUrl(), thrown);
		}
		try (RawServer server = RawServer.streaming(RawServer.text(ANSWER), RawServer.finish("stop"))) {
			call(server.baseUrl(), thrown);
		}
		try (RawServer server = RawServer.answering(RawServer.json("401 Unauthorized", echo))) {
			call(server.baseUrl(), thrown);
		}
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", echo))) {
			call(server.baseUrl(), thrown);
		}
		RawServer closed = RawServer.answering("");
		closed.close();
		call(closed.baseUrl(), thrown);
	}

	private static void call(String baseUrl, List<Throwable> thrown) {
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClients.create(Duration.ofSeconds(2))))
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(true))
			.filter((request, next) -> {
				assertThat(request.headers().headerNames()).doesNotContain("Authorization");
				return next.exchange(request);
			});
		ElectronApi api = ElectronApi.builder().baseUrl(baseUrl).apiKey(KEY).webClientBuilder(builder).build();
		for (Mono<?> call : List.of(api.complete(REQUEST), api.stream(REQUEST).then())) {
			call.doOnError(thrown::add).onErrorComplete().block(TIMEOUT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk_\nsecret", "sk_\u0000secret", "sk_sécret", "sk_ secret", "sk_\u007Fsecret" })
	void whenKeyHoldsForbiddenCharacterFailsWithoutIt(String key) throws Exception {
		try (RawServer server = RawServer.streaming("data: [DONE]\n\n")) {
			for (Mono<?> call : calls(server, key)) {
				assertThatExceptionOfType(ElectronAuthenticationException.class).isThrownBy(() -> call.block(TIMEOUT))
					.withMessage("The API key holds a character that no header may carry: check 'electron.api-key'")
					.withNoCause()
					.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(401))
					.satisfies((ex) -> assertThat(ex.getType()).isEqualTo("authentication_error"));
			}
			assertThat(server.connections()).isZero();
		}
	}

	@Test
	void whenKeyIsMissingFails() throws Exception {
		try (RawServer server = RawServer.streaming("data: [DONE]\n\n")) {
			for (String key : new String[] { null, "", " \n" }) {
				for (Mono<?> call : calls(server, key)) {
					assertThatExceptionOfType(ElectronAuthenticationException.class)
						.isThrownBy(() -> call.block(TIMEOUT))
						.withMessage("The API key is missing: set 'electron.api-key'");
				}
			}
			assertThat(server.connections()).isZero();
		}
	}

	@Test
	void whenRedirectedKeyIsNotSentElsewhere() throws Exception {
		try (RawServer elsewhere = RawServer.streaming("data: [DONE]\n\n")) {
			for (String status : List.of("301 Moved", "302 Found", "303 See Other", "307 Moved", "308 Moved")) {
				String head = RawServer.head(status, "Location: " + elsewhere.baseUrl(), "Content-Length: 0");
				try (RawServer server = RawServer.answering(head)) {
					for (Mono<?> call : calls(server, KEY)) {
						assertThatExceptionOfType(ElectronApiException.class).isThrownBy(() -> call.block(TIMEOUT))
							.withMessageContaining("redirects");
					}
					assertThat(server.requests()).hasSize(2).allMatch((request) -> request.contains("Bearer " + KEY));
				}
			}
			assertThat(elsewhere.connections()).isZero();
		}
	}

	private static List<Mono<?>> calls(RawServer server, String key) {
		ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey(key).build();
		return List.of(api.complete(REQUEST), api.stream(REQUEST).then());
	}

	/**
	 * Keeps what is logged.
	 */
	private static final class Recorder extends AppenderBase<ILoggingEvent> {

		private final List<String> log;

		private Recorder(List<String> log) {
			this.log = log;
		}

		@Override
		protected void append(ILoggingEvent event) {
			this.log.add(event.getLoggerName() + " " + event.getFormattedMessage());
			if (event.getThrowableProxy() != null) {
				this.log.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
		}

	}

}

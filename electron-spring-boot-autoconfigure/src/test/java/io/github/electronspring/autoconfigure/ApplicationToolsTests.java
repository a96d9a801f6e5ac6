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

package io.github.electronspring.autoconfigure;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.ElectronMetadata;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.FunctionCallDelta;
import io.github.electronspring.protocol.ToolCallDelta;
import io.github.electronspring.tool.ElectronTool;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.ToolProgressed;
import io.github.electronspring.turn.TurnListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.RequestScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tools of an application from the chat client to the next request.
 *
 * @author The Electron Spring authors
 */
class ApplicationToolsTests {

	private final CallingApi api = new CallingApi(new CopyOnWriteArrayList<>());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class, ChatClientAutoConfiguration.class,
				ToolCallingAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test")
		.withBean(ElectronApi.class, () -> this.api);

	@AfterEach
	void clear() {
		MDC.clear();
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void beanOfRequestScopeWorksWhereRequestAttributesAreCarried() {
		scoped().withPropertyValues("electron.tools.propagate-request-attributes=true").run((context) -> {
			RequestContextHolder.setRequestAttributes(new ElectronTurnConfigurationTests.Attributes());
			ask(context.getBean(ElectronChatClient.class));
			assertThat(this.api.result()).isEqualTo("session-1");
		});
	}

	@Test
	void beanOfRequestScopeIsAFailureOfTheToolElsewhere() {
		scoped().run((context) -> {
			RequestContextHolder.setRequestAttributes(new ElectronTurnConfigurationTests.Attributes());
			ask(context.getBean(ElectronChatClient.class));
			assertThat(this.api.result()).startsWith("Tool 'where' failed");
		});
	}

	@Test
	void diagnosticContextReachesTheToolAndWhatItSaysTheListener() {
		List<String> said = new CopyOnWriteArrayList<>();
		TurnListener listener = (event) -> {
			if (event instanceof ToolProgressed progress) {
				said.add(progress.text());
			}
		};
		this.contextRunner.withBean(Logging.class).withBean(TurnListener.class, () -> listener).run((context) -> {
			MDC.put("call", "c1");
			ChatResponse response = ask(context.getBean(ElectronChatClient.class));
			assertThat(this.api.result()).isEqualTo("c1 1 true");
			assertThat(said).containsExactly("One moment");
			List<RoundFinished> rounds = response.getMetadata().get(ElectronMetadata.ROUNDS);
			assertThat(rounds).hasSize(2);
		});
	}

	@Test
	void checkedExceptionIsToldToTheModel() {
		this.contextRunner.withBean(Failing.class).run((context) -> {
			ask(context.getBean(ElectronChatClient.class));
			assertThat(this.api.result()).isEqualTo("Tool 'where' failed: Line is down");
		});
	}

	@Test
	void toolsOfTheCallAreAdded() {
		this.contextRunner.withBean(Logging.class).run((context) -> {
			context.getBean(ElectronChatClient.class).prompt("Hi").tools(new Weather()).call().content();
			assertThat(this.api.toolNames()).containsExactly("weather", "where");
		});
	}

	@Test
	void namesRestrictTheRegisteredToolsToSomeOrNone() {
		this.contextRunner.withBean(Logging.class).run((context) -> {
			ElectronChatClient client = context.getBean(ElectronChatClient.class);
			client.prompt("Hi")
				.tools(new Weather())
				.options(ElectronChatOptions.builder().toolNames(Collections.emptySet()))
				.call()
				.content();
			assertThat(this.api.toolNames()).containsExactly("weather");
			client.prompt("Hi").options(ElectronChatOptions.builder().toolNames(Set.of("where"))).call().content();
			assertThat(this.api.toolNames()).containsExactly("where");
		});
	}

	private ApplicationContextRunner scoped() {
		return this.contextRunner
			.withInitializer((context) -> context.getBeanFactory().registerScope("request", new RequestScope()))
			.withBean(Where.class, Where::new, (definition) -> definition.setScope("request"));
	}

	private ChatResponse ask(ElectronChatClient client) {
		ChatResponse response = client.prompt("Where?").call().chatResponse();
		assertThat(response).isNotNull();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("There");
		return response;
	}

	/**
	 * Calls the tool {@code where} in the first round and answers in the second.
	 *
	 * @param requests the requests
	 */
	record CallingApi(List<ChatCompletionRequest> requests) implements ElectronApi {

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return Mono.error(new IllegalStateException("The engine streams"));
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			this.requests.add(request);
			boolean answer = ChatMessage.TOOL.equals(request.messages().get(request.messages().size() - 1).role());
			return answer
					? Flux.just(chunk(new ChatMessageDelta("assistant", "There", Collections.emptyList()), "stop"))
					: Flux.just(chunk(
							new ChatMessageDelta(null, null, List
								.of(new ToolCallDelta(0, "call-1", "function", new FunctionCallDelta("where", "{}")))),
							"tool_calls"));
		}

		private static ChatCompletionChunk chunk(ChatMessageDelta delta, String reason) {
			return new ChatCompletionChunk("1", "chat.completion.chunk", 1L, "electron",
					List.of(new ChatCompletionChunkChoice(0, delta, reason, null)), null);
		}

		String result() {
			List<ChatMessage> messages = this.requests.get(1).messages();
			return messages.get(messages.size() - 1).content();
		}

		List<String> toolNames() {
			return this.requests.get(this.requests.size() - 1)
				.tools()
				.stream()
				.map((tool) -> tool.function().name())
				.toList();
		}

	}

	static class Where {

		@ElectronTool
		String where() {
			return RequestContextHolder.currentRequestAttributes().getSessionId();
		}

	}

	static class Logging {

		@ElectronTool
		String where(ToolExecution execution) {
			execution.say("One moment");
			return MDC.get("call") + " " + execution.round() + " " + "call-1".equals(execution.callId());
		}

	}

	static class Failing {

		@ElectronTool
		String where() throws IOException {
			throw new IOException("Line is down");
		}

	}

	static class Weather {

		@Tool
		String weather() {
			return "sunny";
		}

	}

}

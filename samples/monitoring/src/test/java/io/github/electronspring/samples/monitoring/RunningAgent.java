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

package io.github.electronspring.samples.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The sample on a free port, with a simulator for each of its two providers.
 *
 * @author The Electron Spring authors
 */
final class RunningAgent implements AutoCloseable {

	static final String OPENAI_KEY = "sk_marker_of_the_other_key";

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ElectronSimulator electron;

	private final ElectronSimulator openAi;

	private final ConfigurableApplicationContext context;

	/**
	 * Start the sample.
	 * @param apiKey the key of the first provider
	 * @param properties properties of the application
	 */
	RunningAgent(String apiKey, String... properties) {
		this.electron = ElectronSimulator.builder().apiKeys(apiKey).start();
		this.openAi = ElectronSimulator.builder().apiKeys(OPENAI_KEY).validation(false).start();
		List<String> args = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--electron.plan=custom", "--electron.quota.requests-per-minute=100", "--electron.quota.concurrency=5",
				"--electron.api-key=" + apiKey, "--electron.base-url=" + this.electron.baseUrl(),
				"--electron.retry.max-attempts=2", "--electron.retry.min-backoff=1ms", "--electron.failover=openai",
				"--electron.providers.openai.api-key=" + OPENAI_KEY,
				"--electron.providers.openai.base-url=" + this.openAi.openAiBaseUrl(),
				"--electron.providers.openai.model=gpt-4o-mini", "--electron.providers.openai.plan=standard"));
		for (String property : properties) {
			args.add("--" + property);
		}
		this.context = new SpringApplicationBuilder(MonitoringApplication.class).bannerMode(Banner.Mode.OFF)
			.run(args.toArray(String[]::new));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	ElectronSimulator electron() {
		return this.electron;
	}

	ElectronSimulator openAi() {
		return this.openAi;
	}

	void answer(ElectronScript... scripts) {
		this.electron.enqueue(scripts);
	}

	/**
	 * Ask a question.
	 * @param question the question
	 * @return the response, of which only a part has come if it failed in the middle
	 */
	HttpResponse<String> ask(String question) throws IOException, InterruptedException {
		return send("/ask?question=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
	}

	/**
	 * Return what the actuator says.
	 * @param path the path below it
	 * @return the body
	 */
	String actuator(String path) throws IOException, InterruptedException {
		return send("/actuator" + path).body();
	}

	HttpResponse<String> send(String path) throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(TIMEOUT)
			.build();
		// What comes over a connection while Reactor Netty puts the request before away
		// may stay unanswered
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
		this.electron.close();
		this.openAi.close();
	}

}

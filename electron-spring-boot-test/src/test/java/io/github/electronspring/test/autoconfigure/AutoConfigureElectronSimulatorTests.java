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

package io.github.electronspring.test.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.electronspring.autoconfigure.ElectronConnectionDetails;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureElectronSimulator}.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(properties = "spring.main.web-application-type=none")
@AutoConfigureElectronSimulator
class AutoConfigureElectronSimulatorTests {

	private final ElectronSimulator simulator;

	private final ElectronConnectionDetails details;

	@Autowired
	AutoConfigureElectronSimulatorTests(ElectronSimulator simulator, ElectronConnectionDetails details) {
		this.simulator = simulator;
		this.details = details;
	}

	@BeforeEach
	void scriptIsGoneBeforeEachTest() {
		assertThat(this.simulator.scriptsLeft()).isZero();
		assertThat(this.simulator.requests()).isEmpty();
	}

	@RepeatedTest(2)
	void testScriptsTheSimulator() throws Exception {
		this.simulator.enqueue(ElectronScript.text("Hello"), ElectronScript.text("not played"));
		assertThat(post().body()).contains("\"content\":\"Hello\"");
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void requestWithoutScriptFailsClearly() throws Exception {
		HttpResponse<String> response = post();
		assertThat(response.statusCode()).isEqualTo(501);
		assertThat(response.body()).contains("ElectronSimulator.enqueue(...)");
	}

	@Test
	void annotationIsMappedToProperties(@Autowired Environment environment) {
		assertThat(environment.getProperty("electron.simulator.enabled")).isEqualTo("true");
		assertThat(environment.getProperty("electron.simulator.free-running")).isEqualTo("false");
		assertThat(environment.getProperty("electron.simulator.time-to-first-token")).isEqualTo("0ms");
		assertThat(environment.getProperty("electron.simulator.time-between-tokens")).isEqualTo("0ms");
	}

	private HttpResponse<String> post() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.details.getBaseUrl() + "/chat/completions"))
			.header("Authorization", "Bearer " + this.details.getApiKey())
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"model\":\"electron\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TestConfiguration {

	}

}

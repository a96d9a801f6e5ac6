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
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata.
 *
 * @author The Electron Spring authors
 */
class ConfigurationMetadataTests {

	/**
	 * What is not sent or not used unless it is set.
	 */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("electron.api-key", "electron.chat.options.temperature",
			"electron.chat.options.top-p", "electron.chat.options.max-tokens", "electron.chat.options.stop",
			"electron.chat.options.seed", "electron.chat.options.presence-penalty",
			"electron.chat.options.frequency-penalty", "electron.chat.options.logit-bias",
			"electron.chat.options.logprobs", "electron.chat.options.top-logprobs", "electron.chat.options.tool-choice",
			"electron.chat.options.response-format", "electron.chat.options.user", "electron.chat.options.extra-body",
			"electron.chat.turn-timeout", "electron.plan", "electron.quota.requests-per-minute",
			"electron.quota.concurrency", "electron.providers", "electron.failover", "electron.failover-after",
			"electron.http.ssl.bundle", "electron.http.proxy.host", "electron.http.proxy.username",
			"electron.http.proxy.password", "electron.voice.apology", "electron.voice.locale");

	static Stream<String> properties() {
		return StreamSupport.stream(metadata().get("properties").spliterator(), false)
			.map((property) -> property.get("name").asString())
			.filter((name) -> name.startsWith("electron."));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void propertyHasDescription(String name) {
		assertThat(property(name).path("description").asString("")).endsWith(".");
	}

	@ParameterizedTest
	@MethodSource("properties")
	void propertyHasDefault(String name) {
		assertThat(property(name).has("defaultValue")).isEqualTo(!WITHOUT_DEFAULT.contains(name));
	}

	@Test
	void everyGroupIsThere() {
		assertThat(properties()).contains("electron.enabled", "electron.primary", "electron.base-url",
				"electron.chat.options.temperature", "electron.http.idle-timeout", "electron.http.proxy.host",
				"electron.tools.max-rounds", "electron.memory.high-water-mark", "electron.prices.cached-input");
	}

	@Test
	void chatModelSelectionOffersElectron() {
		assertThat(metadata().get("hints")).anySatisfy((hint) -> {
			assertThat(hint.get("name").asString()).isEqualTo("spring.ai.model.chat");
			assertThat(hint.get("values"))
				.anySatisfy((value) -> assertThat(value.get("value").asString()).isEqualTo("electron"));
		});
	}

	private static JsonNode property(String name) {
		return StreamSupport.stream(metadata().get("properties").spliterator(), false)
			.filter((property) -> property.get("name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode metadata() {
		try (InputStream stream = ElectronProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(stream).isNotNull();
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PropertiesElectronConnectionDetails}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class PropertiesElectronConnectionDetailsTests {

	private static final String KEY = "sk_test_0123456789";

	private final ElectronProperties properties = new ElectronProperties();

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void keyIsThatOfTheProperty() {
		this.properties.setApiKey(KEY);
		this.environment.setProperty("SMALLEST_API_KEY", "sk_other");
		assertThat(details().getApiKey()).isEqualTo(KEY);
	}

	@Test
	void whenPropertyIsMissingThenKeyIsThatOfTheEnvironmentVariable() {
		this.environment.setProperty("SMALLEST_API_KEY", KEY);
		assertThat(details().getApiKey()).isEqualTo(KEY);
	}

	@Test
	void keyLosesTheSpaceAroundIt() {
		this.properties.setApiKey("  " + KEY + "\n");
		assertThat(details().getApiKey()).isEqualTo(KEY);
	}

	@Test
	void keyIsReadAnewEachTime() {
		this.environment.setProperty("SMALLEST_API_KEY", KEY);
		PropertiesElectronConnectionDetails details = details();
		this.environment.setProperty("SMALLEST_API_KEY", "sk_rotated");
		assertThat(details.getApiKey()).isEqualTo("sk_rotated");
		this.properties.setApiKey("sk_again");
		assertThat(details.getApiKey()).isEqualTo("sk_again");
	}

	@Test
	void whenNoKeyIsSetThrowsExceptionThatNamesTheWaysOn() {
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessage("Electron has no API key: neither 'electron.api-key' nor 'SMALLEST_API_KEY' is set")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'electron.api-key'", "'SMALLEST_API_KEY'",
					"'electron-spring-boot-test'", "'electron.simulator.enabled'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "\n" })
	void whenKeyIsBlankThrowsException(String blank) {
		this.properties.setApiKey(blank);
		this.environment.setProperty("SMALLEST_API_KEY", KEY);
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessage("Electron has no API key: 'electron.api-key' is blank");
	}

	@Test
	void whenEnvironmentVariableIsBlankThrowsException() {
		this.environment.setProperty("SMALLEST_API_KEY", "");
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessage("Electron has no API key: 'SMALLEST_API_KEY' is blank");
	}

	@Test
	void whenKeyIsAPlaceholderThatWasNotResolvedThrowsException() {
		this.properties.setApiKey("${SMALLEST_API_KEY}");
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessageContaining("'electron.api-key' refers to '${SMALLEST_API_KEY}', which is not set");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk_test_ 0123", "sk_test_\n0123", "sk_test_\u00e90123", "sk_test_\u00010123" })
	void whenKeyCannotBeSentThrowsExceptionWithoutTheKey(String key) {
		this.properties.setApiKey(key);
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessageContaining("'electron.api-key' has a character that no key has")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("sk_test", "0123"));
	}

	@Test
	void keyIsInNoText() {
		this.properties.setApiKey(KEY);
		assertThat(details().toString()).doesNotContain(KEY);
		assertThat(this.properties.toString()).doesNotContain(KEY);
	}

	@Test
	void baseUrlIsThatOfTheService() {
		this.properties.setApiKey(KEY);
		assertThat(details().getBaseUrl()).isEqualTo("https://api.smallest.ai/waves/v1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.smallest.ai/v1", "https://api.smallest.ai", "https://API.smallest.ai/v1/" })
	void whenBaseUrlHasNotThePathOfTheServiceThrowsException(String url) {
		this.properties.setApiKey(KEY);
		this.properties.setBaseUrl(url);
		assertThatExceptionOfType(InvalidElectronConfigurationException.class).isThrownBy(this::details)
			.withMessageContaining("'electron.base-url'")
			.satisfies((ex) -> assertThat(ex.getAction())
				.isEqualTo("Set 'electron.base-url' to 'https://api.smallest.ai/waves/v1', or leave it out."));
	}

	@Test
	void whenBaseUrlIsNotEncryptedWarns(CapturedOutput output) {
		this.properties.setApiKey(KEY);
		this.properties.setBaseUrl("http://gateway.example.com/v1");
		assertThat(details().getBaseUrl()).isEqualTo("http://gateway.example.com/v1");
		assertThat(output).containsOnlyOnce("without encryption ('electron.base-url')").doesNotContain(KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080", "http://127.0.0.1:8080/v1", "http://[::1]:8080/v1",
			"https://example.com" })
	void whenBaseUrlIsLocalOrEncryptedDoesNotWarn(String url, CapturedOutput output) {
		this.properties.setApiKey(KEY);
		this.properties.setBaseUrl(url);
		assertThat(details().getBaseUrl()).isEqualTo(url);
		assertThat(output).doesNotContain("without encryption");
	}

	private PropertiesElectronConnectionDetails details() {
		return new PropertiesElectronConnectionDetails(this.properties, this.environment);
	}

}

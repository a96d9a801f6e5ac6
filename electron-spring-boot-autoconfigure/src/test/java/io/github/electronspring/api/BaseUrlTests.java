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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BaseUrl}.
 *
 * @author The Electron Spring authors
 */
class BaseUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/v1", "https://example.com/v1/", " https://example.com/v1//\n" })
	void addsPath(String baseUrl) {
		assertThat(BaseUrl.endpoint(baseUrl)).hasToString("https://example.com/v1/chat/completions");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080", "HTTPS://example.com", "http://[::1]:80/v1" })
	void acceptsOtherUrls(String baseUrl) {
		assertThat(BaseUrl.endpoint(baseUrl)).hasToString(baseUrl + "/chat/completions");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://example.com/v1/chat/completions  | must not end in '/chat/completions': use 'https://example.com/v1'
			https://example.com/v1/chat/completions/ | must not end in '/chat/completions': use 'https://example.com/v1'
			example.com/v1                           | lacks a scheme: use 'https://example.com/v1'
			ftp://example.com                        | must have the scheme 'https' or 'http'
			https://                                 | has no valid host
			https://exa mple.com                     | is not a URL
			https://ex_ample.com                     | has no valid host""")
	void refusesOthers(String baseUrl, String reason) {
		assertThatExceptionOfType(InvalidBaseUrlException.class).isThrownBy(() -> BaseUrl.endpoint(baseUrl))
			.withMessageStartingWith("Base URL '")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user:secret@example.com/v1", "https://example.com/v1?key=secret",
			"https://example.com/v1#secret" })
	void refusesSecretsAndDoesNotRepeatThem(String baseUrl) {
		assertThatExceptionOfType(InvalidBaseUrlException.class).isThrownBy(() -> BaseUrl.endpoint(baseUrl))
			.withMessage("Base URL 'https://example.com' must be a scheme, a host and a path only, without user, query "
					+ "and fragment")
			.satisfies((ex) -> assertThat(ex.getBaseUrl()).isEqualTo("https://example.com"));
	}

	@Test
	void whenBuiltChecksBaseUrlAndKey() {
		assertThatExceptionOfType(InvalidBaseUrlException.class)
			.isThrownBy(() -> ElectronApi.builder().baseUrl("example.com").apiKey("sk_test").build());
		assertThatIllegalArgumentException().isThrownBy(() -> ElectronApi.builder().build())
			.withMessage("'apiKey' must not be null");

	}

	@Test
	void trailingSlashIsFine() {
		assertThat(BaseUrl.endpoint(" https://a.example/v1// ")).hasToString("https://a.example/v1/chat/completions");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://me:sk_1@a.example/v1", "https://me:sk_1@a.example/v1/chat/completions",
			"me:sk_1@a.example/v1", "ftp://me:sk_1@a.example/v1", "https://me:sk_1@/v1", "https://me:sk_1@a example",
			"https://me:x/sk_1@a.example", "https://a.example/v1?key=sk_1", "https://a.example/v1?key=sk_1 ",
			"a.example/v1?key=sk_1", "https://a.example/v1?key={sk_1}", "https://a.example/v1#sk_1{" })
	void whatMayBeSecretIsNotRepeated(String url) {
		assertThatExceptionOfType(InvalidBaseUrlException.class).isThrownBy(() -> BaseUrl.endpoint(url))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getBaseUrl()).doesNotContain("sk_1"));
	}

	@Test
	void whatIsNotSecretIsRepeated() {
		assertThatExceptionOfType(InvalidBaseUrlException.class)
			.isThrownBy(() -> BaseUrl.endpoint("https://a.example/v1/chat/completions/"))
			.withMessage("Base URL 'https://a.example/v1/chat/completions/' must not end in '/chat/completions': "
					+ "use 'https://a.example/v1'");
	}

}

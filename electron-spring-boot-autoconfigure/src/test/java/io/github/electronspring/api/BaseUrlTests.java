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
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BaseUrl}.
 *
 * @author The Electron Spring authors
 */
class BaseUrlTests {

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

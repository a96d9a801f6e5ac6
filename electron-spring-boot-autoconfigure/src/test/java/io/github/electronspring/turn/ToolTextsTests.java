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

package io.github.electronspring.turn;

import java.io.IOException;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolTexts}.
 *
 * @author The Electron Spring authors
 */
class ToolTextsTests {

	@Test
	void failureIsTheMessageOfTheException() {
		assertThat(failed(new IOException("The account 7 is closed")))
			.isEqualTo("Tool 't' failed: The account 7 is closed");
	}

	@Test
	void failureIsTheFirstLineOfTheMessage() {
		assertThat(failed(new IOException("\n closed \n\tat Foo.bar"))).isEqualTo("Tool 't' failed: closed ");
	}

	@Test
	void failureOfAWrapperIsTheMessageOfItsCause() {
		IOException cause = new IOException("closed");
		assertThat(failed(new RuntimeException(cause))).isEqualTo("Tool 't' failed: closed");
		assertThat(failed(new CompletionException(new RuntimeException(null, cause))))
			.isEqualTo("Tool 't' failed: closed");
		assertThat(failed(Exceptions.propagate(cause))).isEqualTo("Tool 't' failed: closed");
		assertThat(failed(new RuntimeException("Cannot invoke", new NullPointerException("Cannot invoke"))))
			.isEqualTo("Tool 't' failed");
		assertThat(failed(new RuntimeException("outer", cause))).isEqualTo("Tool 't' failed: outer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "class com.acme.Foo cannot be cast", "java.io.IOException: x",
			"Caused by NumberFormatException" })
	void failureWithoutAMessageForTheModelNamesTheToolOnly(String message) {
		assertThat(failed(new IllegalStateException(message))).isEqualTo("Tool 't' failed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "See www.example.com", "Use a.B or 1.5", "Exception for Sundays" })
	void otherNamesAreKept(String message) {
		assertThat(failed(new IllegalStateException(message))).isEqualTo("Tool 't' failed: " + message);
	}

	@Test
	void messageThatTheVirtualMachineMadeIsNotShown() {
		assertThat(failed(new NullPointerException("Cannot invoke \"String.length()\""))).isEqualTo("Tool 't' failed");
		assertThat(failed(new NullPointerException("The account has no owner")))
			.isEqualTo("Tool 't' failed: The account has no owner");
		assertThat(failed(new NullPointerException())).isEqualTo("Tool 't' failed");
		assertThat(failed(new NoClassDefFoundError("com/acme/Booking"))).isEqualTo("Tool 't' failed");
	}

	private static String failed(Throwable failure) {
		return ToolTexts.failed("t", failure);
	}

}

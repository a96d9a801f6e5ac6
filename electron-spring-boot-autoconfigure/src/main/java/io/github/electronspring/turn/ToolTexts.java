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

import java.time.Duration;
import java.util.Collection;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the model is told in place of a result. No stack trace and no class name is in it.
 *
 * @author The Electron Spring authors
 */
final class ToolTexts {

	/**
	 * The most characters of a result: more would fill the context of the model.
	 */
	static final int MAX_LENGTH = 50_000;

	private static final Pattern CLASS_NAME = Pattern
		.compile("(?:[a-z][a-zA-Z0-9_]*\\.){2,}[A-Z][\\w$]*|\\b[A-Z]\\w*Exception\\b");

	private ToolTexts() {
	}

	static String unknown(String name, Collection<String> names) {
		return "Unknown tool '%s'; %s".formatted(name,
				names.isEmpty() ? "there are no tools" : "the tools are " + String.join(", ", names));
	}

	static String nothing(String name) {
		return "Tool '%s' succeeded and returned nothing".formatted(name);
	}

	static String refused() {
		return "Not executed because too many rounds of tool calls have been made; answer with what is known";
	}

	static String result(String name, String result) {
		if (result.isEmpty()) {
			return nothing(name);
		}
		if (result.length() <= MAX_LENGTH) {
			return result;
		}
		// Not inside a surrogate pair
		int end = Character.isHighSurrogate(result.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
		return "%s… (cut: these are the first %d of %d characters)".formatted(result.substring(0, end), end,
				result.length());
	}

	static String timedOut(String name, Duration timeout) {
		return "Tool '%s' has not answered within %s; whether it did its work is not known".formatted(name,
				(timeout.toMillis() % 1000 == 0) ? timeout.toSeconds() + "s" : timeout.toMillis() + "ms");
	}

	static String notStarted(String name) {
		return "Tool '%s' was not called because too much is going on; it can be called again later".formatted(name);
	}

	static String wrongArguments(String name, String problem) {
		return "Tool '%s' was not called because its arguments are wrong: %s".formatted(name, problem);
	}

	static String notCarriedOut(String name) {
		return "Tool '%s' was not carried out".formatted(name);
	}

	static String failed(String name, Throwable failure) {
		String message = message(failure);
		return (message != null) ? "Tool '%s' failed: %s".formatted(name, message) : "Tool '%s' failed".formatted(name);
	}

	private static @Nullable String message(Throwable failure) {
		Throwable cause = failure;
		for (Throwable next = cause.getCause(); next != null && isAbout(cause, next); next = next.getCause()) {
			cause = next;
		}
		String message = cause.getMessage();
		if (message == null || message.isBlank()) {
			return null;
		}
		String line = message.strip().lines().findFirst().orElse("");
		// The message of a linkage error is the name of a class
		boolean madeByJvm = cause instanceof LinkageError
				|| (cause instanceof NullPointerException && line.startsWith("Cannot "));
		return (madeByJvm || CLASS_NAME.matcher(line).find()) ? null : line;
	}

	private static boolean isAbout(Throwable failure, Throwable cause) {
		String message = failure.getMessage();
		return message == null || message.equals(cause.toString()) || message.equals(cause.getMessage());
	}

}

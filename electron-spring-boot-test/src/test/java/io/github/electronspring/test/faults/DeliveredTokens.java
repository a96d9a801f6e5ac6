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

package io.github.electronspring.test.faults;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the tokens that one caller gets: those of a {@link RandomScript} come in order
 * and whole, none was delivered before to anybody, and nothing comes behind a response
 * that was broken off.
 *
 * @author The Electron Spring authors
 */
final class DeliveredTokens {

	private static final Pattern TOKEN = Pattern.compile("~([^.]+)\\.(\\d+)/(\\d+) ");

	private final Set<String> deliveredBefore;

	private String script = "";

	private int next;

	private int tokens;

	DeliveredTokens(Set<String> deliveredBefore) {
		this.deliveredBefore = deliveredBefore;
	}

	void add(String text) {
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			if (!this.deliveredBefore.add(matcher.group())) {
				throw new AssertionError("Delivered twice: '%s'".formatted(matcher.group()));
			}
			if (!this.script.equals(matcher.group(1))) {
				complete();
				this.script = matcher.group(1);
				this.next = 0;
				this.tokens = Integer.parseInt(matcher.group(3));
			}
			if (Integer.parseInt(matcher.group(2)) != this.next) {
				throw new AssertionError("Not token '%d': '%s'".formatted(this.next, matcher.group()));
			}
			this.next++;
		}
	}

	/**
	 * Check that the last response was not broken off.
	 */
	void complete() {
		if (this.next != this.tokens) {
			throw new AssertionError("Response '%s' goes on or ends well after '%d' of '%d' tokens"
				.formatted(this.script, this.next, this.tokens));
		}
	}

}

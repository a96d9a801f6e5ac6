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

package io.github.electronspring.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonObjectTracker}.
 *
 * @author The Electron Spring authors
 */
class JsonObjectTrackerTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", " { } ", "{\"a\":{\"b\":[1,{}]}}", "{\"a\":\"}\"}", "{\"a\":\"\\\"}{\"}",
			"{\"a\\\\\":[\"]\"]}" })
	void objectIsCompleteAtItsLastBracketOnly(String json) {
		JsonObjectTracker tracker = new JsonObjectTracker();
		String text = json.stripTrailing();
		for (int i = 0; i < text.length(); i++) {
			assertThat(tracker.isComplete()).as(text.substring(0, i)).isFalse();
			tracker.accept(text.substring(i, i + 1));
		}
		tracker.accept(json.substring(text.length()));
		assertThat(tracker.isComplete()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "1", "\"{}\"", "[]", "[{}]", "{", "{\"a\":\"b", "{]}}" })
	void otherTextIsNotComplete(String text) {
		JsonObjectTracker tracker = new JsonObjectTracker();
		tracker.accept(text);
		assertThat(tracker.isComplete()).isFalse();
	}

	@Test
	void callTellsWhetherItsArgumentsAreComplete() {
		ToolCallAssembly call = new ToolCallAssembly(0);
		assertThat(call.isBlank()).isTrue();
		call.add(null, null, "{");
		assertThat(call.isBlank()).isFalse();
		assertThat(call.isComplete()).isFalse();
		call.add(null, null, "}");
		assertThat(call.isComplete()).isTrue();
	}

}

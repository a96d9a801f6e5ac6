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

package io.github.electronspring.samples.voiceagent;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Calls}.
 *
 * @author The Electron Spring authors
 */
class CallsTests {

	private final ChatMemory memory = mock(ChatMemory.class);

	@Test
	void callOfAnotherSessionDoesNotExist() {
		Calls calls = calls(10, Duration.ofMinutes(1));
		Call call = calls.begin("one");
		assertThat(calls.get(call.id(), "one")).isSameAs(call);
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> calls.get(call.id(), "two"))
			.withMessageContaining("404");
	}

	@Test
	void callThatIsIdleTheLongestEndsWhenThereAreTooMany() {
		Calls calls = calls(2, Duration.ofMinutes(1));
		Call first = calls.begin("one");
		Call second = calls.begin("one");
		calls.begin("two");
		assertThat(calls.size()).isEqualTo(2);
		assertThat(calls.get(second.id(), "one")).isSameAs(second);
		then(this.memory).should().clear(first.id());
	}

	@Test
	void idleCallsEnd() {
		Calls calls = calls(10, Duration.ofNanos(-1));
		Call idle = calls.begin("one");
		calls.begin("two");
		assertThat(calls.size()).isOne();
		then(this.memory).should().clear(idle.id());
	}

	private Calls calls(int max, Duration idleAfter) {
		return new Calls(this.memory, new SupportDeskProperties(List.of("en"), Duration.ZERO, 0, max, idleAfter));
	}

}

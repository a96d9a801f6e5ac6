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

package io.github.electronspring.actuate;

import java.time.Duration;
import java.util.Map;

import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolStatistics}.
 *
 * @author The Electron Spring authors
 */
class ToolStatisticsTests {

	private final ToolStatistics statistics = new ToolStatistics("balance"::equals);

	@Test
	void callsAreCountedByOutcome() {
		this.statistics.onEvent(new RoundStarted(1));
		start("weather");
		start("weather");
		start("weather");
		this.statistics.onEvent(new ToolCallFinished(1, call("weather"), "sunny", Duration.ofMillis(5)));
		fail("weather");
		assertThat(this.statistics.calls()).isEqualTo(Map.of("weather", new ToolCallsDescriptor(3, 1, 1)));
	}

	@Test
	void callWithWrongArgumentsIsAFailureOnly() {
		fail("balance");
		assertThat(this.statistics.calls()).isEqualTo(Map.of("balance", new ToolCallsDescriptor(0, 0, 1)));
	}

	@Test
	void nameThatTheModelHasMadeUpIsNotKept() {
		fail("my account number is 12345");
		assertThat(this.statistics.calls()).isEmpty();
	}

	@Test
	void numberOfToolsIsBounded() {
		for (int i = 0; i < 1000; i++) {
			start("tool" + i);
			fail("tool" + i);
		}
		assertThat(this.statistics.calls()).hasSize(ToolStatistics.MAX_TOOLS);
	}

	private void start(String name) {
		this.statistics.onEvent(new ToolCallStarted(1, call(name)));
	}

	private void fail(String name) {
		this.statistics.onEvent(new ToolCallFailed(1, call(name), "Error", Duration.ZERO, null));
	}

	private static ToolCall call(String name) {
		return ToolCall.function("call-1", name, "{}");
	}

}

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

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link LogContext}.
 *
 * @author The Electron Spring authors
 */
class LogContextTests {

	private final Map<String, String> seen = new HashMap<>();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void requestAndConversationAreNamedOnlyMeanwhile() {
		LogContext.run("req-1", "call-7", this::look);
		assertThat(this.seen).containsEntry("electron.request-id", "req-1")
			.containsEntry("electron.conversation-id", "call-7");
		look();
		assertThat(this.seen).isEmpty();
	}

	@Test
	void whatWasThereIsThereAgain() {
		MDC.put("electron.request-id", "outer");
		MDC.put("trace", "1");
		LogContext.run(null, "call-7", this::look);
		assertThat(this.seen)
			.containsExactlyInAnyOrderEntriesOf(Map.of("trace", "1", "electron.conversation-id", "call-7"));
		look();
		assertThat(this.seen).containsExactlyInAnyOrderEntriesOf(Map.of("trace", "1", "electron.request-id", "outer"));
	}

	@Test
	void failureLeavesNothingBehind() {
		assertThatIllegalStateException().isThrownBy(() -> LogContext.run("req-1", null, () -> {
			throw new IllegalStateException();
		}));
		look();
		assertThat(this.seen).isEmpty();
	}

	private void look() {
		this.seen.clear();
		Map<String, String> copy = MDC.getCopyOfContextMap();
		if (copy != null) {
			this.seen.putAll(copy);
		}
	}

}

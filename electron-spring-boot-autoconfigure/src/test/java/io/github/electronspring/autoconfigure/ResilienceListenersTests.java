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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.resilience.ResilienceListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResilienceListeners}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ResilienceListenersTests {

	@Test
	void whatOneThrowsIsLoggedOnceWithoutItsMessage(CapturedOutput output) {
		List<String> told = new ArrayList<>();
		ResilienceListener failing = new ResilienceListener() {

			@Override
			public void onFailover(CallContext context, String from, String to, ElectronException failure) {
				throw new IllegalStateException("secret");
			}

		};
		ResilienceListener next = new ResilienceListener() {

			@Override
			public void onFailover(CallContext context, String from, String to, ElectronException failure) {
				told.add(from + " " + to);
			}

			@Override
			public void onRetry(CallContext context, String provider, ElectronException failure, int attempt,
					Duration delay) {
				told.add(provider);
			}

		};
		ResilienceListeners listeners = new ResilienceListeners(List.of(failing, next));
		listeners.onFailover(CallContext.empty(), "a", "b", Failures.status(503));
		listeners.onFailover(CallContext.empty(), "b", "c", Failures.status(503));
		listeners.onRetry(CallContext.empty(), "c", Failures.status(503), 1, Duration.ZERO);
		assertThat(told).containsExactly("a b", "b c", "c");
		assertThat(output).containsOnlyOnce("threw 'java.lang.IllegalStateException'").doesNotContain("secret");
	}

}

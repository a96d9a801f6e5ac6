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

package io.github.electronspring.test.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.electronspring.voice.VoiceOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns that are interrupted at random moments.
 *
 * @author The Electron Spring authors
 */
class RandomInterruptionTests {

	private static final int RUNS = 1000;

	private static final int WORKERS = 4;

	@Test
	@Timeout(300)
	void historyIsWhatWasHeardAndTheNextTurnIsAccepted() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(WORKERS);
		try {
			List<Callable<List<VoiceOutcome>>> tasks = new ArrayList<>();
			for (int i = 0; i < WORKERS; i++) {
				int worker = i;
				tasks.add(() -> run(worker));
			}
			List<VoiceOutcome> outcomes = new ArrayList<>();
			for (Future<List<VoiceOutcome>> future : executor.invokeAll(tasks)) {
				outcomes.addAll(future.get(1, TimeUnit.SECONDS));
			}
			Map<VoiceOutcome, Long> counts = outcomes.stream()
				.collect(Collectors.groupingBy((outcome) -> outcome, Collectors.counting()));
			assertThat(outcomes).hasSize(RUNS);
			assertThat(counts).doesNotContainKey(VoiceOutcome.FAILED);
			assertThat(counts.get(VoiceOutcome.INTERRUPTED)).isGreaterThan(RUNS / 4);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static List<VoiceOutcome> run(int worker) {
		List<VoiceOutcome> outcomes = new ArrayList<>();
		try (InterruptedConversation conversation = new InterruptedConversation()) {
			for (int seed = worker; seed < RUNS; seed += WORKERS) {
				try {
					outcomes.add(conversation.run(seed));
				}
				catch (Throwable ex) {
					throw new AssertionError("Seed '%d' failed".formatted(seed), ex);
				}
			}
			assertThat(conversation.inFlight()).isLessThan(RUNS / WORKERS / 20);
		}
		return outcomes;
	}

}

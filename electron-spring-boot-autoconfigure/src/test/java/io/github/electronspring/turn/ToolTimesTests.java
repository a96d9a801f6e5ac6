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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order of the tools of a round, and for the time that they and the turn
 * have.
 *
 * @author The Electron Spring authors
 */
class ToolTimesTests extends AbstractVirtualTimeTests {

	private static final String TIMED_OUT = "Tool 'balance' has not answered within %s; "
			+ "whether it did its work is not known";

	@Test
	void toolsThatAreNotParallelRunOneAfterAnother() {
		respondWithThree();
		start(SETTINGS.withParallel(false), CallContext.empty(), taking("balance", 30, "1"), taking("rate", 20, "2"),
				taking("other", 10, "3"));
		advanceBy(1000);
		assertThat(this.log).containsSubsequence("10 ToolCallStarted 1 a", "40 ToolCallFinished 1 a=1",
				"40 ToolCallStarted 1 b", "60 ToolCallFinished 1 b=2", "60 ToolCallStarted 1 c",
				"70 ToolCallFinished 1 c=3", "70 request");
	}

	@Test
	void sequentialToolWaitsForThoseBeforeItAndLaterOnesWaitForIt() {
		respondWithThree();
		finish(taking("balance", 30, "1"), taking("rate", 20, "2").alone(), taking("other", 10, "3"));
		assertThat(this.log).containsSubsequence("10 ToolCallStarted 1 a", "40 ToolCallFinished 1 a=1",
				"40 ToolCallStarted 1 b", "60 ToolCallFinished 1 b=2", "60 ToolCallStarted 1 c",
				"70 ToolCallFinished 1 c=3", "70 request");
	}

	@Test
	void sequentialToolThatIsFirstHoldsBackTheOthersWhichThenRunTogether() {
		respondWithThree();
		finish(taking("balance", 30, "1").alone(), taking("rate", 20, "2"), taking("other", 10, "3"));
		assertThat(this.log).containsSubsequence("40 ToolCallFinished 1 a=1", "40 ToolCallStarted 1 b",
				"40 ToolCallStarted 1 c", "50 ToolCallFinished 1 c=3", "60 ToolCallFinished 1 b=2", "60 request");
	}

	@Test
	void sequentialToolThatIsWrongOrTooSlowHoldsNobodyUpForever() {
		respondWithThree();
		FakeTool hanging = taking("balance", 100_000, "1").alone().timeout(Duration.ofMillis(50));
		finish(hanging, taking("other", 10, "3").alone());
		assertThat(this.log).containsSubsequence("10 ToolCallStarted 1 a",
				"60 ToolCallFailed 1 a=" + TIMED_OUT.formatted("50ms"),
				"60 ToolCallFailed 1 b=Unknown tool 'rate'; the tools are balance, other", "60 ToolCallStarted 1 c",
				"70 ToolCallFinished 1 c=3", "70 request");
	}

	@Test
	void toolHasItsOwnTimeOrElseThatOfTheEngine() {
		respondWithThree();
		start(SETTINGS.withToolTimeout(Duration.ofSeconds(3)), CallContext.empty(), taking("balance", 100_000, "1"),
				taking("rate", 100_000, "2").timeout(Duration.ofMillis(1500)), taking("other", 10, "3"));
		advanceBy(10_000);
		assertThat(this.log).containsSubsequence("20 ToolCallFinished 1 c=3", "1510 tool rate cancelled",
				"1510 ToolCallFailed 1 b=" + TIMED_OUT.replace("balance", "rate").formatted("1500ms"),
				"3010 tool balance cancelled", "3010 ToolCallFailed 1 a=" + TIMED_OUT.formatted("3s"), "3010 request");
		assertThat(this.api.requests()).hasSize(2);
		assertThat(this.inTime.lateResults()).isZero();
	}

	@Test
	void toolThatEndsInTimeIsNotTimedOutLater() {
		respondWithCalls(A);
		respondInTime(at(100, Chunks.text("Done")));
		finish(taking("balance", 49, "1").timeout(Duration.ofMillis(50)));
		assertThat(this.log).contains("49 ToolCallFinished 1 a=1").noneMatch((line) -> line.contains("Failed"));
	}

	@Test
	void lateResultInTheSameTurnIsDroppedAndCounted() {
		respondWithCalls(A, C);
		respondInTime(at(0, Chunks.text("Done")));
		finish(taking("balance", 100, "1").uninterruptible().timeout(Duration.ofMillis(50)), taking("rate", 200, "2"));
		assertThat(this.log)
			.containsSubsequence("50 ToolCallFailed 1 a=" + TIMED_OUT.formatted("50ms"), "200 ToolCallFinished 1 c=2")
			.noneMatch((line) -> line.startsWith("100 "));
		assertThat(this.inTime.lateResults()).isOne();
	}

	@Test
	void lateResultAfterTheEndOfTheTurnIsCountedToo() {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		start(taking("balance", 100, "1").uninterruptible().timeout(Duration.ofMillis(50)));
		advanceBy(60);
		assertThat(this.log).endsWith("50 complete");
		assertThat(this.inTime.lateResults()).isZero();
		advanceBy(1000);
		assertThat(this.log).endsWith("50 complete");
		assertThat(this.inTime.lateResults()).isOne();
	}

	@Test
	void lateResultOfAToolThatIgnoresItsInterruptionIsCounted() throws InterruptedException {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		runDeaf(Mono.just("100"));
		assertThat(this.log).filteredOn((line) -> line.startsWith("50 ToolCallFailed 1 a=")).hasSize(1);
		assertThat(this.inTime.lateResults()).isOne();
	}

	@Test
	void reactiveToolIsCancelledWhenItsCallWasInterrupted() throws InterruptedException {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		AtomicBoolean cancelled = new AtomicBoolean();
		runDeaf(Mono.<String>never().doOnCancel(() -> cancelled.set(true)));
		assertThat(cancelled).isTrue();
		assertThat(this.inTime.lateResults()).isZero();
	}

	/**
	 * Run a turn with a tool that has 50 ms and does not care about its interruption.
	 * @param result what the tool returns when its time is over
	 */
	private void runDeaf(Mono<String> result) throws InterruptedException {
		ExecutorService executor = Executors.newCachedThreadPool();
		CountDownLatch started = new CountDownLatch(1);
		AtomicBoolean release = new AtomicBoolean();
		FakeTool deaf = FakeTool.of("balance", (arguments, execution) -> {
			started.countDown();
			while (!release.get()) {
				Thread.onSpinWait();
			}
			return result;
		}).timeout(Duration.ofMillis(50));
		start(SETTINGS.withToolExecutor(executor), CallContext.empty(), deaf);
		assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
		advanceBy(60);
		assertThat(this.log).endsWith("50 complete");
		assertThat(this.inTime.lateResults()).isZero();
		release.set(true);
		executor.shutdown();
		assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void toolSeesTheDeadlineOfTheTurn() {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		Instant deadline = Instant.now().plusSeconds(2);
		List<Instant> seen = new ArrayList<>();
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			seen.add(execution.deadline());
			return Mono.just("1");
		});
		start(SETTINGS, CallContext.empty().withDeadline(deadline), tool);
		assertThat(seen).containsExactly(deadline);
	}

	@Test
	void failureOfAToolThatWasInterruptedIsNoLateResult() {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		Sinks.One<String> sink = Sinks.one();
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> sink.asMono())
			.uninterruptible()
			.timeout(Duration.ofMillis(50));
		start(tool);
		advanceBy(60);
		sink.tryEmitError(new InterruptedException());
		assertThat(this.inTime.lateResults()).isZero();
		assertThat(this.log).endsWith("50 complete");
	}

	@Test
	void timeThatIsOverIsSeenByTheTool() {
		respondWithCalls(A);
		respondInTime(at(0, Chunks.text("Done")));
		List<ToolExecution> executions = new ArrayList<>();
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			executions.add(execution);
			return Mono.never();
		}).timeout(Duration.ofMillis(50));
		start(tool);
		advanceBy(49);
		assertThat(executions.get(0).isCancelled()).isFalse();
		advanceBy(1);
		assertThat(executions.get(0).isCancelled()).isTrue();
	}

	@Test
	void deadlineEndsTheTurnAndItsTools() {
		respondInTime(at(0, FILLER, call(A)), at(100_000));
		CallContext context = CallContext.empty().withDeadline(Instant.now().plusSeconds(2));
		start(SETTINGS, context, taking("balance", 100_000, "1"));
		advanceBy(1000);
		assertThat(this.error).isNull();
		advanceBy(1000);
		assertThat(this.error).isInstanceOf(ElectronTransportException.class)
			.hasMessageContaining("The turn did not end before its deadline ('electron.chat.turn-timeout'");
		assertThat(this.api.cancellations()).isOne();
		assertThat(this.log).filteredOn((line) -> line.contains("tool balance cancelled")).hasSize(1);
		advanceBy(100_000);
		assertThat(this.log).endsWith(this.log.get(this.log.size() - 1)).last().asString().endsWith("error");
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void deadlineThatHasPassedSendsNothing() {
		start(SETTINGS, CallContext.empty().withDeadline(Instant.now().minusSeconds(1)));
		advanceBy(10);
		assertThat(this.error).isInstanceOf(ElectronTransportException.class);
		assertThat(this.api.requests()).isEmpty();
		assertThat(this.log).containsExactly("0 error");
	}

	@Test
	void deadlineOfATurnThatEndedInTimeIsForgotten() {
		this.api.respond(Chunks.text("Done"));
		start(SETTINGS, CallContext.empty().withDeadline(Instant.now().plusSeconds(2)));
		advanceBy(10_000);
		assertThat(this.log).endsWith("0 complete");
	}

	@Test
	void executorThatRejectsIsAFailureOfTheTool() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		start(SETTINGS.withToolExecutor((command) -> {
			throw new RejectedExecutionException("queue is full");
		}), CallContext.empty(), taking("balance", 10, "1"));
		advanceBy(10_000);
		assertThat(this.log)
			.contains("0 ToolCallStarted 1 a",
					"0 ToolCallFailed 1 a=Tool 'balance' was not called because too "
							+ "much is going on; it can be called again later")
			.endsWith("0 complete");
		assertThat(this.api.requests().get(1).messages()).last().extracting(ChatMessage::toolCallId).isEqualTo("a");
	}

	@Test
	void executorThatBreaksEndsTheTurn() {
		respondWithCalls(A);
		start(SETTINGS.withToolExecutor((command) -> {
			throw new NoClassDefFoundError("Broken");
		}), CallContext.empty(), taking("balance", 10, "1"));
		assertThat(this.error).isInstanceOf(NoClassDefFoundError.class);
		assertThat(this.log).endsWith("0 error");
	}

	@Test
	void whatAToolSaysComesAtOnceUntilItsCallHasEnded() {
		respondWithCalls(A);
		respondInTime(at(10, Chunks.text("Done")));
		List<ToolExecution> executions = new ArrayList<>();
		start(FakeTool.of("balance", (arguments, execution) -> {
			executions.add(execution);
			execution.say("Started");
			return Mono.delay(Duration.ofMillis(100)).thenReturn("1").doOnNext((result) -> execution.say("Nearly"));
		}));
		advanceBy(50);
		executions.get(0).say(" ");
		executions.get(0).say("Half");
		advanceBy(50);
		executions.get(0).say("Too late");
		advanceBy(50);
		executions.get(0).say("Too late");
		assertThat(this.events).filteredOn(ToolProgressed.class::isInstance)
			.extracting((event) -> ((ToolProgressed) event).text())
			.containsExactly("Started", "Half", "Nearly");
		assertThat(this.log).containsSubsequence("0 ToolCallStarted 1 a", "0 ToolProgressed 1", "50 ToolProgressed 1",
				"100 ToolProgressed 1", "100 ToolCallFinished 1 a=1", "110 complete");
	}

	private void respondWithThree() {
		ChatCompletionChunk[] calls = { Chunks.call(0, "a", "balance", "{\"id\":1}"),
				Chunks.call(1, "b", "rate", "{\"of\":1}"), Chunks.call(2, "c", "other", "{\"x\":1}") };
		respondInTime(at(10, calls), at(20, Chunks.finish("tool_calls")));
		respondInTime(at(0, Chunks.text("Done")));
	}

}

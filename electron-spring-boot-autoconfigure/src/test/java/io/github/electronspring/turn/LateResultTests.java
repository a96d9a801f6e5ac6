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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for results that come after their turn, and for the moment at which calls begin.
 *
 * @author The Electron Spring authors
 */
class LateResultTests extends AbstractVirtualTimeTests {

	private final List<String> late = new ArrayList<>();

	private final List<TurnEvent> heard = new ArrayList<>();

	private Disposable listen(TurnTool tool) {
		return listen(tool, SETTINGS);
	}

	private Disposable listen(TurnTool tool, TurnSettings settings) {
		TurnListener listener = new TurnListener() {

			@Override
			public void onEvent(TurnEvent event) {
				LateResultTests.this.heard.add(event);
			}

			@Override
			public void onLateResult(ToolCall call, String result) {
				LateResultTests.this.late.add(call.id() + "=" + result);
			}

		};
		TurnRequest request = new TurnRequest(builder().build(), CallContext.empty(), 4, true, Collections.emptyMap(),
				List.of(listener));
		return new TurnEngine(this.api, settings).run(request, List.of(tool)).subscribe((event) -> {
		}, (ex) -> {
		});
	}

	@Test
	void resultOfAToolThatRunsToItsEndIsTold() {
		respondInTime(at(0, call(A), Chunks.finish("tool_calls")));
		Disposable turn = listen(taking("balance", 300, "10").uninterruptible());
		advanceBy(100);
		turn.dispose();
		advanceBy(100);
		assertThat(this.late).isEmpty();
		advanceBy(1000);
		assertThat(this.late).containsExactly("a=10");
	}

	@Test
	void failureOfAToolThatRunsToItsEndIsTold() {
		respondInTime(at(0, call(A), Chunks.finish("tool_calls")));
		Disposable turn = listen(FakeTool
			.of("balance",
					(arguments, execution) -> Mono.delay(Duration.ofMillis(300))
						.then(Mono.error(new IllegalStateException("Closed"))))
			.uninterruptible());
		advanceBy(100);
		turn.dispose();
		advanceBy(1000);
		assertThat(this.late).containsExactly("a=Tool 'balance' failed: Closed");
	}

	@Test
	void resultAfterAFailureOfTheTurnIsTold() {
		respondInTime(at(0, call(A)), at(100, Chunks.call(0, null, null, "more")));
		listen(taking("balance", 300, "10").uninterruptible());
		advanceBy(1000);
		assertThat(this.late).containsExactly("a=10");
	}

	@Test
	void toolThatWaitsForAThreadWhenTheTurnEndsIsNotBegun() {
		respondInTime(at(0, call(A), Chunks.finish("tool_calls")));
		List<Runnable> waiting = new ArrayList<>();
		FakeTool tool = taking("balance", 300, "10").uninterruptible();
		Disposable turn = listen(tool, SETTINGS.withToolExecutor(waiting::add));
		advanceBy(100);
		turn.dispose();
		waiting.forEach(Runnable::run);
		advanceBy(1000);
		assertThat(tool.calls()).isEmpty();
		assertThat(this.late).containsExactly("a=Tool 'balance' was not carried out");
	}

	@Test
	void toolThatIsInterruptedHasNothingToTell() {
		respondInTime(at(0, call(A), Chunks.finish("tool_calls")));
		Disposable turn = listen(taking("balance", 300, "10"));
		advanceBy(100);
		turn.dispose();
		advanceBy(1000);
		assertThat(this.late).isEmpty();
	}

	@Test
	void resultInTimeIsNotLate() {
		respondInTime(at(0, call(A), Chunks.finish("tool_calls")));
		respondInTime(at(0, Chunks.text("Ten"), Chunks.finish("stop")));
		listen(taking("balance", 300, "10").uninterruptible());
		advanceBy(1000);
		assertThat(this.late).isEmpty();
		assertThat(this.heard).last().isInstanceOf(TurnFinished.class);
	}

	@Test
	void firstPieceOfACallIsToldOnceARound() {
		respondInTime(at(0, FILLER), at(10, Chunks.call(0, "a", "balance", "{\"i")),
				at(20, Chunks.call(0, null, null, "d\":1}")), at(30, call(C), Chunks.finish("tool_calls")));
		respondInTime(at(0, Chunks.text("Ten"), Chunks.finish("stop")));
		listen(taking("balance", 300, "10"));
		advanceBy(1000);
		assertThat(this.heard).filteredOn(ToolCallsBegun.class::isInstance).containsExactly(new ToolCallsBegun(1));
		assertThat(this.heard.get(2)).isInstanceOf(ToolCallsBegun.class);
	}

}

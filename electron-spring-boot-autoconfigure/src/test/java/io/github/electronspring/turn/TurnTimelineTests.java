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

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the moments at which {@link TurnEngine} does things.
 *
 * @author The Electron Spring authors
 */
class TurnTimelineTests extends AbstractVirtualTimeTests {

	@Test
	void toolsRunWhileTheModelStillSpeaks() {
		respondInTime(at(0, Chunks.role(), Chunks.text("One moment")), at(50, Chunks.call(0, "a", "balance", "{\"id")),
				at(90, Chunks.call(0, null, null, "\":1}")), at(100, Chunks.call(1, "b", "rate", "{\"of\":")),
				at(130, Chunks.call(1, null, null, "\"EUR\"}")), at(270, Chunks.finish("tool_calls")),
				at(280, Chunks.usage(10, 0, 5)));
		respondInTime(at(5, Chunks.text("100 EUR")), at(6, Chunks.finish("stop")));
		finish(taking("balance", 300, "100"), taking("rate", 300, "2"));
		assertThat(this.log).containsExactly("0 RoundStarted 1", "0 request", "0 'One moment'",
				"90 ToolCallStarted 1 a", "90 tool balance", "130 ToolCallStarted 1 b", "130 tool rate",
				"280 RoundFinished 1 FILLER", "390 ToolCallFinished 1 a=100", "430 ToolCallFinished 1 b=2",
				"430 RoundStarted 2", "430 request", "435 '100 EUR'", "436 RoundFinished 2 ANSWER",
				"436 TurnFinished 2", "436 complete");
		assertThat(this.events).filteredOn(ToolCallFinished.class::isInstance)
			.extracting((event) -> ((ToolCallFinished) event).duration().toMillis())
			.containsExactly(300L, 300L);
	}

	@Test
	void answerFollowsTheSlowerOfStreamAndTool() {
		respondInTime(at(10, FILLER, call(A)), at(500, Chunks.finish("tool_calls")));
		respondInTime(at(5, Chunks.text("Done")));
		finish(taking("balance", 20, "100"));
		assertThat(this.log).contains("10 ToolCallStarted 1 a", "30 ToolCallFinished 1 a=100",
				"500 RoundFinished 1 FILLER", "500 request", "505 'Done'");
	}

	@Test
	void documentedTimeLineOfABalanceQuestionIsKept() {
		respondInTime(at(250, Chunks.role(), Chunks.text("Let me ")), at(260, Chunks.text("check")),
				at(280, Chunks.call(0, "a", "balance", "{\"id\":1}")),
				at(290, Chunks.finish("tool_calls"), Chunks.usage(10, 0, 5)));
		respondInTime(at(50, Chunks.text("You have 100")), at(60, Chunks.finish("stop")));
		finish(taking("balance", 520, "100"));
		assertThat(this.log).containsExactly("0 RoundStarted 1", "0 request", "250 'Let me '", "260 'check'",
				"280 ToolCallStarted 1 a", "280 tool balance", "290 RoundFinished 1 FILLER",
				"800 ToolCallFinished 1 a=100", "800 RoundStarted 2", "800 request", "850 'You have 100'",
				"860 RoundFinished 2 ANSWER", "860 TurnFinished 2", "860 complete");
	}

	@Test
	void resultsAreInTheOrderOfTheCallsWhateverFinishesFirst() {
		respondInTime(at(0, Chunks.call(0, "a", "balance", "{\"id\":1}"), Chunks.call(1, "b", "rate", "{\"of\":1}"),
				Chunks.call(2, "c", "other", "{\"x\":1}"), Chunks.finish("tool_calls")));
		respondInTime(at(0, Chunks.text("Done")));
		finish(taking("balance", 300, "1"), taking("rate", 100, "2"), taking("other", 200, "3"));
		assertThat(this.log).contains("100 ToolCallFinished 1 b=2", "200 ToolCallFinished 1 c=3",
				"300 ToolCallFinished 1 a=1", "300 request");
		assertThat(this.api.requests().get(1).messages()).endsWith(ChatMessage.tool("a", "1"),
				ChatMessage.tool("b", "2"), ChatMessage.tool("c", "3"));
		assertThat(this.api.requests()).hasSize(2);
	}

	@Test
	void chainOfRoundsRepeatsFillerCallAndResult() {
		respondInTime(at(10, FILLER, call(A)), at(20, Chunks.finish("tool_calls")));
		respondInTime(at(10, Chunks.text("And"), call(C)), at(20, Chunks.finish("tool_calls")));
		respondInTime(at(10, Chunks.text("Done")));
		finish(taking("balance", 100, "1"), taking("rate", 100, "2"));
		assertThat(this.log).containsExactly("0 RoundStarted 1", "0 request", "10 'One moment. '",
				"10 ToolCallStarted 1 a", "10 tool balance", "20 RoundFinished 1 FILLER", "110 ToolCallFinished 1 a=1",
				"110 RoundStarted 2", "110 request", "120 'And'", "120 ToolCallStarted 2 c", "120 tool rate",
				"130 RoundFinished 2 FILLER", "220 ToolCallFinished 2 c=2", "220 RoundStarted 3", "220 request",
				"230 'Done'", "230 RoundFinished 3 ANSWER", "230 TurnFinished 3", "230 complete");
	}

}

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

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the moment at which {@link TurnEngine} starts a tool.
 *
 * @author The Electron Spring authors
 */
class EarlyStartTests extends AbstractVirtualTimeTests {

	private static final String SCHEMA = """
			{"type":"object","required":["id"],"properties":{"id":{"type":"integer"},"note":{"type":"string"}}}""";

	@Test
	void argumentsInPiecesOfOneCharacterStartTheToolWithTheLast() {
		String arguments = "{\"id\":1,\"note\":\"a}\\\"}ठ😀\"}";
		List<Step> steps = new ArrayList<>(List.of(at(0, Chunks.call(0, "a", "balance", null))));
		for (int i = 0; i < arguments.length(); i++) {
			steps.add(at(i + 1, Chunks.call(0, null, null, arguments.substring(i, i + 1))));
		}
		steps.add(at(1000));
		FakeTool tool = new SchemaTool();
		play(steps.toArray(Step[]::new), tool);
		assertThat(this.log).contains(arguments.length() + " ToolCallStarted 1 a", "1000 RoundFinished 1 FILLER");
		assertThat(tool.calls()).containsExactly(arguments);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}             | id
			{"note":"x"}   | id
			{"id":"x"}     | integer
			[1]            | they are not a JSON object
			"x"            | they are not a JSON object
			nonsense       | they are not a JSON object
			{"id":1        | they are not a JSON object
			{"id":1}}      | they are not a JSON object
			""")
	void argumentsThatDoNotFitWaitForTheEndAndAreAnsweredWithWhatIsWrong(String arguments, String problem) {
		FakeTool tool = new SchemaTool();
		play(new Step[] { at(0, FILLER, Chunks.call(0, "a", "balance", arguments)), at(50, Chunks.text("x")), at(100) },
				tool);
		assertThat(tool.calls()).isEmpty();
		assertThat(this.log).noneMatch((line) -> line.contains("ToolCallStarted"));
		assertThat(this.events).filteredOn(ToolCallFailed.class::isInstance).singleElement().satisfies((event) -> {
			assertThat(((ToolCallFailed) event).result())
				.startsWith("Tool 'balance' was not called because its arguments are wrong: ")
				.contains(problem);
			assertThat(((ToolCallFailed) event).duration()).isZero();
		});
		assertThat(this.log).filteredOn((line) -> line.contains("ToolCallFailed"))
			.singleElement()
			.asString()
			.startsWith("100 ");
		assertThat(this.api.requests().get(1).messages().get(2).toolCallId()).isEqualTo("a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{'id':1}       | {"id":1}
			{id:1}         | {"id":1}
			{"id":1,}      | {"id":1}
			{'id':1,'note':'}'} | {"id":1,"note":"}"}
			""")
	void argumentsThatAreAlmostJsonAreMended(String arguments, String mended) {
		FakeTool tool = new SchemaTool();
		play(new Step[] { at(0, Chunks.call(0, "a", "balance", arguments)), at(100) }, tool);
		assertThat(tool.calls()).containsExactly(mended);
		assertThat(this.api.requests().get(1).messages().get(1).toolCalls().get(0).function().arguments())
			.isEqualTo(arguments);
	}

	@Test
	void emptyObjectWaitsForTheEnd() {
		play(new Step[] { at(10, Chunks.call(0, "a", "rate", "{}")), at(20, Chunks.text("x")), at(100) },
				taking("rate", 5, "2"));
		assertThat(this.log).contains("100 ToolCallStarted 1 a");
	}

	@Test
	void emptyObjectWaitsForTheNextIndex() {
		play(new Step[] { at(10, Chunks.call(0, "a", "rate", " { } ")), at(20, Chunks.call(1, "b", "balance", "{")),
				at(100) }, taking("rate", 5, "2"), taking("balance", 5, "1"));
		assertThat(this.log).contains("20 ToolCallStarted 1 a", "25 ToolCallFinished 1 a=2")
			.anyMatch((line) -> line.startsWith("100 ToolCallFailed 1 b=Tool 'balance' was not called"));
	}

	@Test
	void emptyObjectStartsWithTheFinishReason() {
		play(new Step[] { at(10, Chunks.call(0, "a", "rate", "{}")), at(20, Chunks.finish("tool_calls")), at(100) },
				taking("rate", 5, "2"));
		assertThat(this.log).contains("20 ToolCallStarted 1 a", "25 ToolCallFinished 1 a=2");
	}

	@Test
	void whiteSpaceAfterAStartedCallIsNoMatter() {
		FakeTool tool = taking("balance", 5, "1");
		play(new Step[] { at(10, call(A)), at(20, Chunks.call(0, null, null, " \n\t\r")),
				at(30, Chunks.call(0, "a", "balance", "")), at(100) }, tool);
		assertThat(this.log).contains("10 ToolCallStarted 1 a");
		assertThat(tool.calls()).hasSize(1);
		assertThat(this.error).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "}", "x", "{\"id\":2}", ",", "\u00a0", " ]" })
	void anythingElseAfterAStartedCallBreaksTheRound(String more) {
		respondInTime(at(10, FILLER, Chunks.call(0, "a", "balance", "{\"id\":1}")),
				at(20, Chunks.call(0, null, null, more)), at(100));
		finish(taking("balance", 5000, "1"));
		assertThat(this.error).isInstanceOf(ElectronStreamException.class)
			.hasMessageContaining("'balance'")
			.hasMessageContaining("req-1");
		assertThat(this.log).endsWith("20 tool balance cancelled", "20 error");
		assertThat(this.api.requests()).hasSize(1);
		assertThat(this.api.cancellations()).isOne();
	}

	@Test
	void callThatWaitsForAnotherToolIsMadeWithAllThatCame() {
		respondInTime(at(10, Chunks.call(0, "a", "balance", "{\"id\":1}"), Chunks.call(1, "b", "rate", "{\"of\":1}")),
				at(20, Chunks.call(1, null, null, "}")), at(30, Chunks.finish("tool_calls")));
		respondInTime(at(0, Chunks.text("Done")));
		FakeTool rate = taking("rate", 5, "2");
		start(SETTINGS.withParallel(false), CallContext.empty(), taking("balance", 50, "1"), rate);
		advanceBy(1000);
		assertThat(this.log).contains("60 ToolCallFailed 1 b=Tool 'rate' was not called because its arguments "
				+ "are wrong: they are not a JSON object");
		assertThat(rate.calls()).isEmpty();
	}

	@Test
	void callWithoutAnIdWaits() {
		play(new Step[] { at(10, Chunks.call(0, null, "balance", "{\"id\":1}")),
				at(20, Chunks.call(0, "a", null, null)), at(30, Chunks.call(1, "", "rate", "{\"x\":1}")), at(100) },
				taking("balance", 5, "1"), taking("rate", 5, "2"));
		assertThat(this.log).contains("20 ToolCallStarted 1 a")
			.anyMatch((line) -> line.startsWith("100 ToolCallStarted 1 call_"));
	}

	@ParameterizedTest
	@CsvSource({ "0,1", "1,0" })
	void callsWithTheSameIdAreTwoCalls(int first, int second) {
		FakeTool balance = taking("balance", 5, "1");
		FakeTool rate = taking("rate", 5, "2");
		play(new Step[] { at(10, Chunks.call(first, "a", "balance", "{\"id\":1}")),
				at(20, Chunks.call(second, "a", "rate", "{\"x\":1}")), at(100) }, balance, rate);
		assertEachCalledOnce(balance, rate);
		assertThat(this.log).contains("10 ToolCallStarted 1 a");
	}

	@Test
	void idThatComesLateAndBelongsToAnotherCallIsNotTaken() {
		FakeTool balance = taking("balance", 5, "1");
		FakeTool rate = taking("rate", 5, "2");
		play(new Step[] { at(10, Chunks.call(0, null, "balance", "{\"id\":1}")),
				at(20, Chunks.call(1, "a", "rate", "{\"x\":1}")), at(30, Chunks.call(0, "a", null, null)), at(100) },
				balance, rate);
		assertEachCalledOnce(balance, rate);
		assertThat(this.log).contains("20 ToolCallStarted 1 a");
	}

	private void assertEachCalledOnce(FakeTool balance, FakeTool rate) {
		assertThat(balance.calls()).containsExactly("{\"id\":1}");
		assertThat(rate.calls()).containsExactly("{\"x\":1}");
		List<ChatMessage> messages = this.api.requests().get(1).messages();
		assertThat(messages.get(1).toolCalls()).allSatisfy((call) -> {
			String result = call.function().name().equals("balance") ? "1" : "2";
			assertThat(messages).contains(ChatMessage.tool(call.id(), result));
		}).hasSize(2);
		assertThat(messages).hasSize(4);
	}

	@Test
	void interleavedIndexesStartEachWhenItIsComplete() {
		play(new Step[] { at(10, Chunks.call(0, "a", "balance", "{\"id\"")), at(20, Chunks.call(1, "b", "rate", "{")),
				at(30, Chunks.call(0, null, null, ":1")), at(40, Chunks.call(1, null, null, "\"x\":1}")),
				at(50, Chunks.call(0, null, null, "}")), at(100) }, taking("balance", 5, "1"), taking("rate", 5, "2"));
		assertThat(this.log).containsSubsequence("40 ToolCallStarted 1 b", "50 ToolCallStarted 1 a");
		assertThat(this.api.requests().get(1).messages()).endsWith(ChatMessage.tool("a", "1"),
				ChatMessage.tool("b", "2"));
	}

	@Test
	void contentAfterACallIsPartOfTheFiller() {
		play(new Step[] { at(10, FILLER, call(A)), at(20, Chunks.text("Still")), at(100) }, taking("balance", 5, "1"));
		assertThat(this.log).containsSubsequence("10 ToolCallStarted 1 a", "15 ToolCallFinished 1 a=1", "20 'Still'",
				"100 RoundFinished 1 FILLER");
		assertThat(this.api.requests().get(1).messages().get(1).content()).isEqualTo("One moment. Still");
	}

	@Test
	void unknownToolIsAnsweredAtTheEnd() {
		play(new Step[] { at(10, Chunks.call(0, "x", "weather", "{\"id\":1}")),
				at(20, Chunks.call(1, "a", "balance", "{\"id\":1}")), at(100) }, taking("balance", 5, "1"));
		assertThat(this.log).contains("20 ToolCallStarted 1 a",
				"100 ToolCallFailed 1 x=Unknown tool 'weather'; the tools are balance");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "length", "content_filter" })
	void callsThatAreNotFinishedAreAnsweredWhateverTheFinishReasonIs(String reason) {
		play(new Step[] { at(10, FILLER, call(A)), at(20, Chunks.call(1, "b", "rate", "{\"of\":\"E")),
				at(30, Chunks.finish(reason)), at(40) }, taking("balance", 5, "1"), taking("rate", 5, "2"));
		assertThat(this.log).contains("10 ToolCallStarted 1 a",
				"40 ToolCallFailed 1 b=Tool 'rate' was not called because its arguments are wrong: "
						+ "they are not a JSON object");
		assertThat(this.api.requests().get(1).messages()).extracting(ChatMessage::toolCallId)
			.containsExactly(null, null, "a", "b");
	}

	@Test
	void schemaThatCannotBeReadIsLeftToTheTool() {
		FakeTool tool = new SchemaTool("{\"type\":");
		play(new Step[] { at(10, call(A)), at(100) }, tool);
		assertThat(this.log).contains("10 ToolCallStarted 1 a");
		assertThat(tool.calls()).hasSize(1);
	}

	private void play(Step[] steps, TurnTool... tools) {
		respondInTime(steps);
		respondInTime(at(0, new ChatCompletionChunk[] { Chunks.text("Done") }));
		finish(tools);
	}

	/**
	 * The tool {@code balance} with a schema.
	 */
	private static final class SchemaTool extends FakeTool {

		private final ToolDefinition definition;

		SchemaTool() {
			this(SCHEMA);
		}

		SchemaTool(String schema) {
			super("balance", false, (arguments, execution) -> reactor.core.publisher.Mono.just("1"));
			this.definition = ToolDefinition.function("balance", "Balance", schema);
		}

		@Override
		public ToolDefinition definition() {
			return this.definition;
		}

	}

}

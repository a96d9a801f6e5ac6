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

package io.github.electronspring.test.memory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.SimulatorLimits;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a long conversation costs with the memories that there are, by the rules
 * of the service's prefix cache. The figures are in docs/memory.md.
 *
 * @author The Electron Spring authors
 */
class MemoryCostTests {

	private static final int TURNS = 200;

	private static final String INSTRUCTIONS = "You answer the phone of a bank. Say that you look before you use a tool. "
			+ "Never promise anything. Amounts are in euros. Speak in short sentences, without lists. ".repeat(6);

	private static final List<String> WORDS = List.of("account", "transfer", "yesterday", "euros", "please", "card",
			"statement", "branch", "limit", "rate", "because", "cannot", "savings", "number", "still", "twice");

	@Test
	void historyThatOnlyGrowsCostsLessThanAWindowThatSlides() {
		Result shortWindow = run("MessageWindowChatMemory, 20 messages (default)", window(20));
		Result longWindow = run("MessageWindowChatMemory, 120 messages", window(120));
		Result stable = run("PrefixStableChatMemory, 16384 / 8192 (default)",
				new PrefixStableChatMemory(new InMemoryChatMemoryRepository()));
		Result shortStable = run("PrefixStableChatMemory, 2048 / 1024",
				new PrefixStableChatMemory(new InMemoryChatMemoryRepository(), 2048, 1024));
		assertThat(stable.averageMessages()).isGreaterThanOrEqualTo(longWindow.averageMessages());
		assertThat(stable.cost()).isLessThan(longWindow.cost().multiply(new BigDecimal("0.45")));
		assertThat(stable.cachedPercent()).isGreaterThanOrEqualTo(95);
		assertThat(shortStable.averageMessages()).isGreaterThan(2 * shortWindow.averageMessages());
		assertThat(shortStable.cost()).isLessThan(shortWindow.cost());
	}

	private static ChatMemory window(int messages) {
		return MessageWindowChatMemory.builder().maxMessages(messages).build();
	}

	private static Result run(String name, ChatMemory memory) {
		try (ElectronSimulator simulator = ElectronSimulator.builder().limits(SimulatorLimits.none()).start()) {
			ElectronApi api = ElectronApi.builder().baseUrl(simulator.baseUrl()).apiKey(simulator.apiKey()).build();
			ElectronChatClient client = ElectronChatClient
				.builder(ElectronChatModel.builder(api).registeredTools(() -> List.of(balance())).build())
				.defaultSystem(INSTRUCTIONS)
				.defaultAdvisors(new ElectronChatMemoryAdvisor(memory))
				.defaultAdvisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, "c1"))
				.build();
			Random random = new Random(7);
			List<Integer> remembered = new ArrayList<>();
			for (int turn = 0; turn < TURNS; turn++) {
				remembered.add(memory.get("c1").size());
				if (turn % 4 == 0) {
					simulator.enqueue(ElectronScript.text("Let me look that up for you. ")
						.toolCall("call_" + turn, "balance", "{\"account\": \"%d\"}".formatted(turn)));
				}
				simulator.enqueue(ElectronScript.text(text(random, 30)));
				client.prompt(text(random, 15)).stream().content().blockLast();
			}
			assertThat(simulator.requests()).hasSize(TURNS + TURNS / 4);
			Result result = Result.of(simulator, remembered);
			System.out.println("| %s | %d | %d %% | %.3f |".formatted(name, result.averageMessages(),
					result.cachedPercent(), result.cost()));
			return result;
		}
	}

	private static String text(Random random, int words) {
		return IntStream.range(0, words)
			.mapToObj((i) -> WORDS.get(random.nextInt(WORDS.size())))
			.collect(Collectors.joining(" ", "", "."));
	}

	private static ToolCallback balance() {
		return FunctionToolCallback
			.builder("balance",
					(Map<String, Object> arguments) -> "account %s: 1520.75 EUR".formatted(arguments.get("account")))
			.description("Balance of an account")
			.inputType(Map.class)
			.inputSchema("{\"type\":\"object\",\"properties\":{\"account\":{\"type\":\"string\"}}}")
			.build();
	}

	/**
	 * What a conversation took.
	 *
	 * @param averageMessages how many messages a turn began with, on the average
	 * @param cachedPercent how much of the input came from the cache
	 * @param cost the cost in USD
	 */
	private record Result(long averageMessages, long cachedPercent, BigDecimal cost) {

		static Result of(ElectronSimulator simulator, List<Integer> remembered) {
			Usage usage = simulator.usages()
				.stream()
				.map((each) -> Usage.of(each.promptTokens(), each.cachedTokens(), each.completionTokens()))
				.reduce(Usage.NONE, Usage::plus);
			return new Result(Math.round(remembered.stream().mapToInt(Integer::intValue).average().orElseThrow()),
					Math.round(100.0 * usage.cachedTokens() / usage.promptTokens()),
					Cost.of(usage, TokenPrices.defaults()).total());
		}

	}

}

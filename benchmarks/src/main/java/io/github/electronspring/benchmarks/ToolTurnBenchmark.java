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

package io.github.electronspring.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.openai.client.OpenAIClient;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import reactor.netty.http.client.HttpClient;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;

/**
 * Measures turns with tools: the model speaks a filler, has the arguments of two calls
 * complete at 90 and 130 ms and ends its stream at 280 ms, and both tools take 300 ms.
 * All clients take turns in one run, each time beginning with another one.
 *
 * @author The Electron Spring authors
 */
public final class ToolTurnBenchmark {

	private final Map<String, String> parameters;

	private final SlowTools tools = new SlowTools();

	private final List<Contestant> contestants = new ArrayList<>();

	private ToolTurnBenchmark(Map<String, String> parameters) {
		this.parameters = parameters;
	}

	/**
	 * Run the benchmark.
	 * @param args {@code turns=200}, {@code peer-turns=50}, {@code warm-up=20} and
	 * {@code json=target/tool-turn.json}, each as it is if left out
	 * @throws IOException if the server does not start or the file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String arg : args) {
			int equals = arg.indexOf('=');
			if (equals < 0) {
				throw new IllegalArgumentException("The argument '%s' is not of the form 'name=value'".formatted(arg));
			}
			parameters.put(arg.substring(0, equals), arg.substring(equals + 1));
		}
		new ToolTurnBenchmark(parameters).run();
		// Some clients leave threads that keep the process alive
		System.exit(0);
	}

	private void run() throws IOException {
		int turns = parameter("turns", 200);
		int peerTurns = Math.min(turns, parameter("peer-turns", 50));
		Map<String, Object> environment = environment();
		try (ServerProcess server = ServerProcess.start(ToolTurnServer.class);
				FloorClient floor = new FloorClient(server.port())) {
			environment.put("clock-round-trip-us", server.checkClock() / 1000);
			Contestant base = new Contestant("raw socket (floor)", false, floor);
			addContestants(base, "http://localhost:%d/v1".formatted(server.port()));
			warmUp(parameter("warm-up", 20));
			for (int round = 0; round < turns; round++) {
				boolean withPeers = (round + 1) * peerTurns / turns > round * peerTurns / turns;
				runRound(round, withPeers);
			}
			environment.put("load-after", load());
			ToolTurnReport report = new ToolTurnReport(environment, this.contestants, base);
			Path json = Path.of(this.parameters.getOrDefault("json", "target/tool-turn.json"));
			Files.writeString(json, report.json());
			environment.forEach((name, value) -> System.out.printf("%s: %s%n", name, value));
			System.out.printf("%n%s%nJSON: %s%n", report.table(), json);
		}
	}

	private int parameter(String name, int defaultValue) {
		return Integer.parseInt(this.parameters.getOrDefault(name, Integer.toString(defaultValue)));
	}

	private void addContestants(Contestant base, String baseUrl) {
		ElectronClient electron = new ElectronClient(baseUrl, this.tools);
		SpringAiClient springAi = new SpringAiClient(baseUrl, this.tools);
		LangChainClient langChain = new LangChainClient(baseUrl, this.tools);
		this.contestants.add(base);
		this.contestants.add(new Contestant("ElectronVoice", false, new VoiceClient(baseUrl, this.tools)));
		this.contestants.add(new Contestant("ElectronChatModel.stream(), TurnListener", false, electron::stream));
		this.contestants.add(new Contestant("ElectronChatModel.call(), TurnListener", false, electron::call));
		this.contestants
			.add(new Contestant("ChatClient.stream() on ElectronChatModel", true, electron::streamChatClient));
		this.contestants.add(new Contestant("LangChain4j AiServices, TokenStream", true, langChain::stream));
		this.contestants.add(new Contestant("ChatClient.stream() on OpenAiChatModel", true, springAi::stream));
		this.contestants.add(new Contestant("ChatClient.call() on OpenAiChatModel", true, springAi::call));
	}

	private void warmUp(int turns) {
		for (int i = 0; i < turns; i++) {
			for (Contestant contestant : this.contestants) {
				contestant.run(this.tools);
			}
		}
	}

	private void runRound(int round, boolean withPeers) {
		List<Contestant> order = new ArrayList<>(this.contestants);
		Collections.rotate(order, -round);
		for (Contestant contestant : order) {
			boolean runs = withPeers || !contestant.isPeer();
			contestant.add(runs ? contestant.run(this.tools) : null);
		}
	}

	private static Map<String, Object> environment() {
		Map<String, Object> environment = new LinkedHashMap<>();
		environment.put("java", Runtime.version().toString());
		environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		environment.put("processors", Runtime.getRuntime().availableProcessors());
		environment.put("libraries",
				Stream
					.of(ChatClient.class, OpenAiChatModel.class, OpenAIClient.class, OpenAiStreamingChatModel.class,
							HttpClient.class)
					.map(ToolTurnBenchmark::jar)
					.toList());
		environment.put("load-before", load());
		return environment;
	}

	private static String jar(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).getFileName().toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("The jar of '%s' is unknown".formatted(type.getName()), ex);
		}
	}

	private static String load() {
		return String.format(Locale.ROOT, "%.2f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

}

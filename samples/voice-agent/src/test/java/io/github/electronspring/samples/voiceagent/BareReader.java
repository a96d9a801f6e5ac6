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

package io.github.electronspring.samples.voiceagent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.electronspring.test.simulator.ElectronSimulator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks the simulator the same without anything of ours in between, and notes when the
 * text of each segment was there.
 *
 * @author The Electron Spring authors
 */
final class BareReader {

	private final WebClient client;

	private final LoadFigures figures;

	private final List<Integer> ends;

	/**
	 * Create a reader.
	 * @param simulator the simulator
	 * @param figures what learns of segments
	 * @param ends how long the text is when each segment is complete
	 */
	BareReader(ElectronSimulator simulator, LoadFigures figures, List<Integer> ends) {
		this.client = WebClient.builder()
			.baseUrl(simulator.baseUrl())
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + simulator.apiKey())
			.build();
		this.figures = figures;
		this.ends = ends;
	}

	Mono<Void> run(Duration pause, long until) {
		return Mono.defer(this::read).then(Mono.delay(pause)).repeat(() -> System.nanoTime() - until < 0).then();
	}

	private Mono<Void> read() {
		long start = System.nanoTime();
		int[] length = new int[1];
		int[] next = new int[1];
		Flux<JsonNode> chunks = this.client.post()
			.uri("/chat/completions")
			.bodyValue(Map.of("model", "electron", "stream", true, "messages",
					List.of(Map.of("role", "user", "content", LoadCaller.CHAT))))
			.retrieve()
			.bodyToFlux(String.class)
			.takeWhile((data) -> !data.equals("[DONE]"))
			.map(JsonMapper.shared()::readTree);
		return chunks.doOnNext((chunk) -> {
			length[0] += chunk.path("choices").path(0).path("delta").path("content").asString("").length();
			while (next[0] < this.ends.size() && length[0] >= this.ends.get(next[0])) {
				this.figures.segment(next[0]++, System.nanoTime() - start);
			}
		}).then();
	}

}

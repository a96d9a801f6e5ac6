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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceSegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many conversations at the same time, over HTTP, on the simulator at the pace of the
 * service. The time under load is the system property {@code load.seconds}, 20 by
 * default.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "electron.simulator.plan=unlimited", "electron.http.max-connections=500" })
@AutoConfigureElectronSimulator(freeRunning = true, timeToFirstToken = "250ms", timeBetweenTokens = "8ms")
@AutoConfigureWebTestClient
@Tag("load")
class LoadTests {

	private static final int CONVERSATIONS = 200;

	private static final Duration SECONDS = Duration.ofSeconds(Long.getLong("load.seconds", 20));

	private static final Duration THINK = Duration.ofSeconds(6);

	/**
	 * From when on times are compared: in a build, whose machine does other things as
	 * well, they say nothing.
	 */
	private static final Duration LONG = Duration.ofSeconds(60);

	/**
	 * What one conversation adds is so little that noise would decide.
	 */
	private static final double LEAST_MILLIS = 10;

	@LocalServerPort
	private int port;

	@Autowired
	private ElectronSimulator simulator;

	@Autowired
	private Calls calls;

	@Autowired
	private WebTestClient webTestClient;

	@Test
	void manyConversationsAreAsSwiftAsOneAndLeaveNothingBehind() {
		List<Integer> ends = ends();
		run(40, Duration.ofMillis(500), Duration.ofSeconds(6), new LoadFigures(), ends, new ArrayList<>());
		LoadFigures oneBare = new LoadFigures();
		LoadFigures one = run(1, Duration.ZERO, Duration.ofSeconds(5), oneBare, ends, new ArrayList<>());
		LoadFigures manyBare = new LoadFigures();
		List<Long> heap = new ArrayList<>();
		LoadFigures many = run(CONVERSATIONS, THINK, SECONDS, manyBare, ends, heap);
		int third = heap.size() / 3;
		long first = mebibytes(heap.subList(0, third));
		long last = mebibytes(heap.subList(heap.size() - third, heap.size()));
		System.out.printf(
				"%d conversations for %d s: %d turns, %d complete, %d failed; added per segment p50 %.1f ms, p95 %.1f ms (one conversation: %.1f ms, %.1f ms); live heap %d MiB in the first third, %d MiB in the last%n",
				CONVERSATIONS, SECONDS.toSeconds(), many.begun(), many.completed(), many.failed(),
				many.added(manyBare, 50), many.added(manyBare, 95), one.added(oneBare, 50), one.added(oneBare, 95),
				first, last);
		assertThat(many.completed()).isEqualTo(many.begun()).isGreaterThan(CONVERSATIONS);
		if (SECONDS.compareTo(LONG) >= 0) {
			assertThat(many.added(manyBare, 50)).isLessThan(3 * Math.max(LEAST_MILLIS, one.added(oneBare, 50)));
		}
		assertThat(last).isLessThan(first + Math.max(8, first / 10));
		assertThat(this.calls.size()).isZero();
	}

	/**
	 * Return where the segments of the answer end.
	 * @return the ends, in the raw text
	 */
	private List<Integer> ends() {
		Visitor visitor = new Visitor(this.webTestClient);
		List<VoiceEvent> events = visitor.hear(LoadCaller.CHAT);
		visitor.hangUp(visitor.call()).expectStatus().isNoContent();
		return events.stream()
			.filter(VoiceSegment.class::isInstance)
			.map((event) -> ((VoiceSegment) event).end())
			.toList();
	}

	private LoadFigures run(int conversations, Duration think, Duration time, LoadFigures bare, List<Integer> ends,
			List<Long> heap) {
		this.simulator.awaitIdle(Duration.ofSeconds(10));
		ConnectionProvider connections = ConnectionProvider.builder("load").maxConnections(1000).build();
		try {
			WebClient client = WebClient.builder()
				.baseUrl("http://localhost:" + this.port)
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
				.build();
			LoadFigures figures = new LoadFigures();
			long until = System.nanoTime() + time.toNanos();
			Mono<Void> callers = Flux.range(0, conversations)
				.flatMap((number) -> new LoadCaller(client, figures, think, conversations == CONVERSATIONS).run(until),
						conversations)
				.then();
			Mono<Void> reader = new BareReader(this.simulator, bare, ends).run(Duration.ofMillis(100), until);
			Mono<Void> samples = Flux
				.interval(time.dividedBy((time.toSeconds() > 60) ? 13 : 4), Schedulers.boundedElastic())
				.onBackpressureDrop()
				.doOnNext((tick) -> heap.add(liveHeap()))
				.then();
			Mono.when(callers, reader).takeUntilOther(samples).block(time.plusSeconds(60));
			return figures;
		}
		finally {
			connections.dispose();
		}
	}

	private static long liveHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static long mebibytes(List<Long> samples) {
		List<Long> sorted = samples.stream().sorted().toList();
		return sorted.get(sorted.size() / 2) >> 20;
	}

}

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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceOutcome;
import io.github.electronspring.voice.VoiceSegment;
import io.github.electronspring.voice.VoiceTurnCompleted;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A caller of the load test: calls, says something a few times, hangs up and calls again.
 *
 * @author The Electron Spring authors
 */
final class LoadCaller {

	static final String CHAT = "Hello, please say something to me.";

	private static final String TOOL = "Where is my order 1002?";

	private static final int TURNS_PER_CALL = 4;

	private static final ParameterizedTypeReference<ServerSentEvent<VoiceEvent>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient client;

	private final LoadFigures figures;

	private final Duration think;

	private final boolean tools;

	/**
	 * Create a caller.
	 * @param client a client of the desk
	 * @param figures what learns of turns and segments
	 * @param think how long the caller thinks at most before he says something
	 * @param tools whether every fourth turn needs a tool
	 */
	LoadCaller(WebClient client, LoadFigures figures, Duration think, boolean tools) {
		this.client = client;
		this.figures = figures;
		this.think = think;
		this.tools = tools;
	}

	/**
	 * Call until the time is over. Turns that have begun end.
	 * @param until when no turn begins any more, of {@link System#nanoTime()}
	 * @return completes with the last turn
	 */
	Mono<Void> run(long until) {
		return Mono.defer(() -> call(until)).repeat(() -> System.nanoTime() - until < 0).then();
	}

	private Mono<Void> call(long until) {
		return this.client.post().uri("/api/calls").exchangeToMono((response) -> {
			String cookie = "SESSION=" + response.cookies().getFirst("SESSION").getValue();
			return response.bodyToMono(CallView.class).map((call) -> Map.entry(call.id(), cookie));
		})
			.flatMap((call) -> turns(call.getKey(), call.getValue(), until)
				.then(this.client.delete()
					.uri("/api/calls/{call}", call.getKey())
					.header(HttpHeaders.COOKIE, call.getValue())
					.retrieve()
					.toBodilessEntity())
				.then());
	}

	private Mono<Void> turns(String call, String cookie, long until) {
		return Flux.range(0, TURNS_PER_CALL)
			.concatMap((number) -> Mono.delay(think()).flatMap((tick) -> turn(call, cookie, number, until)))
			.then();
	}

	private Duration think() {
		long millis = this.think.toMillis();
		return Duration.ofMillis((millis == 0) ? 0 : ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
	}

	private Mono<Void> turn(String call, String cookie, int number, long until) {
		if (System.nanoTime() - until >= 0) {
			return Mono.empty();
		}
		boolean tool = this.tools && number == 1;
		long start = System.nanoTime();
		this.figures.turnBegun();
		return this.client.post()
			.uri("/api/calls/{call}/turns", call)
			.header(HttpHeaders.COOKIE, cookie)
			.bodyValue(new Utterance(tool ? TOOL : CHAT, Locale.ENGLISH.getLanguage()))
			.retrieve()
			.bodyToFlux(EVENT)
			.doOnNext((event) -> accept(event.data(), start, tool))
			.then();
	}

	private void accept(VoiceEvent event, long start, boolean tool) {
		if (event instanceof VoiceSegment segment && !tool) {
			this.figures.segment(segment.index(), System.nanoTime() - start);
		}
		else if (event instanceof VoiceTurnCompleted completed) {
			this.figures.turnEnded(completed.report().outcome() == VoiceOutcome.COMPLETED);
		}
	}

}

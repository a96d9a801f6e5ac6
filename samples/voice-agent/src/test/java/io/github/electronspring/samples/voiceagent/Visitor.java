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

import io.github.electronspring.voice.VoiceEvent;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * Someone who uses the desk over HTTP, with a session of his own.
 *
 * @author The Electron Spring authors
 */
final class Visitor {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final WebTestClient client;

	private final String session;

	private final String call;

	Visitor(WebTestClient client) {
		this.client = client.mutate().responseTimeout(TIMEOUT).build();
		FluxExchangeResult<CallView> result = this.client.post()
			.uri("/api/calls")
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(CallView.class);
		ResponseCookie cookie = result.getResponseCookies().getFirst("SESSION");
		this.session = (cookie != null) ? cookie.getValue() : "";
		this.call = result.getResponseBody().blockFirst(TIMEOUT).id();
	}

	String call() {
		return this.call;
	}

	ResponseSpec say(String call, String text, String language) {
		return this.client.post()
			.uri("/api/calls/{call}/turns", call)
			.cookie("SESSION", this.session)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Utterance(text, language))
			.exchange();
	}

	FluxExchangeResult<VoiceEvent> begin(String text) {
		return say(this.call, text, "en").expectStatus().isOk().returnResult(VoiceEvent.class);
	}

	List<VoiceEvent> hear(String text) {
		return hear(text, "en");
	}

	List<VoiceEvent> hear(String text, String language) {
		Flux<VoiceEvent> events = say(this.call, text, language).expectStatus()
			.isOk()
			.returnResult(VoiceEvent.class)
			.getResponseBody();
		return events.collectList().block(TIMEOUT);
	}

	ResponseSpec interrupt(String call, String turn, int heard) {
		return this.client.post()
			.uri("/api/calls/{call}/turns/{turn}/interruption", call, turn)
			.cookie("SESSION", this.session)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Interruption(heard))
			.exchange();
	}

	ResponseSpec hangUp(String call) {
		return this.client.delete().uri("/api/calls/{call}", call).cookie("SESSION", this.session).exchange();
	}

	static String turn(HttpHeaders headers) {
		return String.valueOf(headers.getFirst(CallController.TURN));
	}

}

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

import io.github.electronspring.voice.ElectronVoice;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceTurn;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebSession;

/**
 * Calls, their turns and their interruptions.
 *
 * @author The Electron Spring authors
 */
@RestController
@RequestMapping("/api/calls")
class CallController {

	/** The demo has one customer; a real desk knows who calls. */
	static final long CUSTOMER = 1;

	/** The header with the number of the turn, to interrupt it by. */
	static final String TURN = "Turn";

	private final Calls calls;

	private final ElectronVoice voice;

	CallController(Calls calls, ElectronVoice voice) {
		this.calls = calls;
		this.voice = voice;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	CallView begin(WebSession session) {
		session.start();
		return new CallView(this.calls.begin(session.getId()).id());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void end(@PathVariable String id, WebSession session) {
		this.calls.end(this.calls.get(id, session.getId()));
	}

	/**
	 * Say something. The response is the turn: closing it interrupts the agent.
	 * @param id the call
	 * @param utterance what the caller has said
	 * @param session the session of the visitor
	 * @return the events of the turn
	 */
	@PostMapping(path = "/{id}/turns", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<ResponseEntity<Flux<ServerSentEvent<VoiceEvent>>>> say(@PathVariable String id,
			@RequestBody Utterance utterance, WebSession session) {
		Call call = this.calls.get(id, session.getId());
		String text = utterance.requireText();
		// The first turn in a language loads its phrases, which blocks
		return Mono
			.fromSupplier(() -> this.voice.say(call.id(), text, utterance.locale(),
					(spec) -> spec.toolContext(SupportDesk.context(CUSTOMER))))
			.subscribeOn(Schedulers.boundedElastic())
			.map((turn) -> response(turn, call.begin(turn)));
	}

	private static ResponseEntity<Flux<ServerSentEvent<VoiceEvent>>> response(VoiceTurn turn, int number) {
		ServerSentEvent<VoiceEvent> opening = ServerSentEvent.<VoiceEvent>builder().comment("turn " + number).build();
		Flux<ServerSentEvent<VoiceEvent>> events = turn.events().map((event) -> ServerSentEvent.builder(event).build());
		// The headers go with the first event, so that one comes at once
		return ResponseEntity.ok().header(TURN, String.valueOf(number)).body(events.startWith(opening));
	}

	@PostMapping("/{id}/turns/{number}/interruption")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void interrupt(@PathVariable String id, @PathVariable int number, @RequestBody Interruption interruption,
			WebSession session) {
		VoiceTurn turn = this.calls.get(id, session.getId()).turn(number);
		if (turn == null) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "Only the newest turn can be interrupted");
		}
		turn.interrupt(Math.max(0, interruption.heard()));
	}

}

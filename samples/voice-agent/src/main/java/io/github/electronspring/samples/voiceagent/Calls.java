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

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;
import org.springframework.web.server.ResponseStatusException;

/**
 * The calls that go on. Each belongs to the session that has begun it: to all others it
 * does not exist. Thread-safe.
 *
 * @author The Electron Spring authors
 */
@Component
class Calls {

	private final Map<String, Call> calls = new ConcurrentHashMap<>();

	/** They need not be secret, the session is: so that none is waited for. */
	private final IdGenerator ids = new AlternativeJdkIdGenerator();

	private final ChatMemory memory;

	private final SupportDeskProperties properties;

	Calls(ChatMemory memory, SupportDeskProperties properties) {
		this.memory = memory;
		this.properties = properties;
	}

	/**
	 * Begin a call. Calls that are idle end, and the one that is idle the longest if
	 * there are too many.
	 * @param owner the session of the visitor
	 * @return the call
	 */
	Call begin(String owner) {
		Instant idle = Instant.now().minus(this.properties.idleAfter());
		this.calls.values().stream().filter((call) -> call.lastUsed().isBefore(idle)).toList().forEach(this::end);
		if (this.calls.size() >= this.properties.maxCalls()) {
			this.calls.values().stream().min(Comparator.comparing(Call::lastUsed)).ifPresent(this::end);
		}
		Call call = new Call(this.ids.generateId().toString(), owner);
		this.calls.put(call.id(), call);
		return call;
	}

	/**
	 * Return a call.
	 * @param id the identifier
	 * @param owner the session of the visitor
	 * @return the call
	 * @throws ResponseStatusException if the visitor has no such call
	 */
	Call get(String id, @Nullable String owner) {
		Call call = this.calls.get(id);
		if (call == null || !call.owner().equals(owner)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no such call, or it has ended: begin another one");
		}
		call.touch();
		return call;
	}

	void end(Call call) {
		if (this.calls.remove(call.id(), call)) {
			call.end();
			this.memory.clear(call.id());
		}
	}

	int size() {
		return this.calls.size();
	}

}

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

package io.github.electronspring.test.faults;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ScriptedResponse;

/**
 * A response with or without a fault, as chance will have it. Each token of each response
 * is another.
 *
 * @author The Electron Spring authors
 */
final class RandomScript {

	private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 422, 500, 502, 503, 504);

	private static final int MAX_TOKENS = 4;

	private final String id;

	private final SplittableRandom random;

	private final int tokens;

	private ScriptedResponse script = ElectronScript.round();

	private RandomScript(String id, SplittableRandom random) {
		this.id = id;
		this.random = random;
		this.tokens = 1 + random.nextInt(MAX_TOKENS);
	}

	static ScriptedResponse create(String id, SplittableRandom random) {
		return new RandomScript(id, random).create();
	}

	private ScriptedResponse create() {
		int kind = this.random.nextInt(100);
		if (kind < 35) {
			say(this.tokens);
			return form();
		}
		if (kind < 50) {
			say(this.tokens);
			this.script = this.script.toolCall("call_" + this.id, "balance", "{\"account\":", "\"7\"}");
			return form();
		}
		return (kind < 65) ? refusal() : brokenStream();
	}

	private ScriptedResponse refusal() {
		int kind = this.random.nextInt(4);
		if (kind == 0) {
			return ElectronScript.noResponse();
		}
		if (kind == 1) {
			// Without a time the quota rests for a second, which is long here
			ScriptedResponse refused = ElectronScript.error(429);
			return (this.random.nextInt(100) == 0) ? refused : refused.header("Retry-After", "0");
		}
		return ElectronScript.error(STATUSES.get(this.random.nextInt(STATUSES.size())));
	}

	private ScriptedResponse brokenStream() {
		if (this.random.nextInt(100) == 0) {
			return this.script.oversizedLine(2 * 1024 * 1024);
		}
		if (this.random.nextInt(5) == 0) {
			// As a whole completion it is a good one
			say(this.tokens);
			return this.script.withoutFinish().withoutDone();
		}
		if (this.random.nextInt(4) == 0) {
			say(this.tokens);
			Duration time = Duration.ofMillis(this.random.nextInt(300));
			return this.random.nextBoolean() ? this.script.pause(time) : this.script.headersAfter(time);
		}
		say(this.random.nextInt(this.tokens));
		return switch (this.random.nextInt(4)) {
			case 0 -> this.script.reset();
			case 1 -> this.script.disconnect();
			case 2 -> this.script.stall();
			default -> this.script.errorInside("server_error", "The model is gone");
		};
	}

	private void say(int count) {
		for (int i = 0; i < count; i++) {
			this.script = this.script.text("~%s.%d/%d ".formatted(this.id, i, this.tokens));
		}
	}

	private ScriptedResponse form() {
		return switch (this.random.nextInt(8)) {
			case 0 -> this.script.splitEvery(1 + this.random.nextInt(40));
			case 1 -> this.script.lineEnd("\r\n");
			case 2 -> this.script.comment("still there");
			case 3 -> this.script.withoutDone();
			case 4 -> this.script.closeConnectionAfter(Duration.ofMillis(this.random.nextInt(5)));
			case 5 -> this.script.headersAfter(Duration.ofMillis(this.random.nextInt(20)));
			case 6 -> this.script.withoutUsage();
			default -> this.script;
		};
	}

}

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

package io.github.electronspring.test.voice;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.tool.ElectronTool;
import reactor.core.publisher.Mono;

/**
 * Tools of the tests.
 *
 * @author The Electron Spring authors
 */
class Desk {

	/** Calls of tools that were begun. */
	final AtomicInteger starts = new AtomicInteger();

	@ElectronTool(description = "Balance of the account")
	Mono<String> balance(int id) {
		this.starts.incrementAndGet();
		return Mono.delay(Duration.ofMillis(4)).thenReturn("29.50");
	}

	@ElectronTool(description = "Books an appointment", cancelOnBargeIn = false)
	Mono<String> book(int id) {
		this.starts.incrementAndGet();
		return Mono.delay(Duration.ofMillis(4)).thenReturn("booked");
	}

}

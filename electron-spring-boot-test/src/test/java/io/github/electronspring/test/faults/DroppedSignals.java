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

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.electronspring.api.ElectronException;
import reactor.core.publisher.Hooks;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * What Reactor had to drop because nobody could take it any more: an error, or an element
 * behind the end. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class DroppedSignals implements AutoCloseable {

	private final Queue<Object> signals = new ConcurrentLinkedQueue<>();

	private DroppedSignals() {
	}

	static DroppedSignals record() {
		DroppedSignals dropped = new DroppedSignals();
		Hooks.onErrorDropped(dropped.signals::add);
		Hooks.onNextDropped(dropped.signals::add);
		return dropped;
	}

	List<Object> all() {
		return List.copyOf(this.signals);
	}

	/**
	 * Return the errors that have nothing to do with a caller who cancels at the moment
	 * in which the request fails, or in which the HTTP client receives the response.
	 */
	List<Object> unexpectedErrors() {
		return this.signals.stream()
			.filter(Throwable.class::isInstance)
			.filter((signal) -> !isFailure(signal) && !isReleased(signal))
			.toList();
	}

	private static boolean isFailure(Object signal) {
		return signal instanceof ElectronException || signal instanceof WebClientRequestException
				|| signal instanceof IOException;
	}

	private static boolean isReleased(Object signal) {
		return signal instanceof IllegalStateException ex && Stream
			.of("Rejecting additional inbound receiver",
					"The client response body has been released already due to cancellation")
			.anyMatch(ex.getMessage()::startsWith);
	}

	@Override
	public void close() {
		Hooks.resetOnErrorDropped();
		Hooks.resetOnNextDropped();
	}

}

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

package io.github.electronspring.testsupport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Fails each test in which a thread that must not block did. JUnit finds this class
 * through the service loader, so that it watches every test of a module, and so does
 * BlockHound for the calls that are allowed. The call itself throws too, but what it
 * throws may end in a stream where nobody looks.
 *
 * @author The Electron Spring authors
 */
public final class BlockingCalls implements AfterEachCallback, AfterAllCallback, BlockHoundIntegration {

	/**
	 * Methods of libraries that take a lock for a moment, by their class: to hand a task
	 * to an executor, to count a call in a circuit breaker and to let one through to try,
	 * to take memory, and to prepare for JSON.
	 */
	private static final Map<String, String> BRIEF_LOCKS = Map.of("java.util.concurrent.LinkedBlockingQueue", "offer",
			"io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "record",
			"io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine$OpenState", "toHalfOpenState",
			"io.netty.buffer.AdaptivePoolingAllocator", "allocate", "tools.jackson.databind.deser.DeserializerCache",
			"_createAndCacheValueDeserializer");

	private static final ConcurrentLinkedQueue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

	static {
		BlockHound.install();
	}

	/**
	 * Return the calls found since the last time, and forget them.
	 * @return the calls
	 */
	static List<BlockingOperationError> take() {
		List<BlockingOperationError> found = List.copyOf(FOUND);
		FOUND.removeAll(found);
		return found;
	}

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.blockingMethodCallback((method) -> {
			BlockingOperationError error = new BlockingOperationError(method);
			FOUND.add(error);
			throw error;
		});
		BRIEF_LOCKS.forEach(builder::allowBlockingCallsInside);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		check();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		check();
	}

	private static void check() {
		List<BlockingOperationError> found = take();
		if (!found.isEmpty()) {
			AssertionError error = new AssertionError(
					"%d blocking calls on threads that must not block".formatted(found.size()), found.get(0));
			found.forEach(error::addSuppressed);
			throw error;
		}
	}

}

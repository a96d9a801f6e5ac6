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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingCalls}.
 *
 * @author The Electron Spring authors
 */
class BlockingCallsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void callThatBlocksAnEventLoopFailsAndIsFound() {
		StepVerifier.create(Mono.fromRunnable(BlockingCallsTests::block).subscribeOn(Schedulers.parallel()))
			.expectError(BlockingOperationError.class)
			.verify(TIMEOUT);
		assertThat(BlockingCalls.take()).hasSize(1);
	}

	@Test
	void callThatNobodySawFailsTheTest() {
		StepVerifier
			.create(Mono.fromRunnable(BlockingCallsTests::block).onErrorComplete().subscribeOn(Schedulers.parallel()))
			.expectComplete()
			.verify(TIMEOUT);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new BlockingCalls().afterEach(null))
			.withMessage("1 blocking calls on threads that must not block")
			.withCauseInstanceOf(BlockingOperationError.class);
	}

	@Test
	void callThatBlocksAnotherThreadIsNoMatter() {
		block();
		assertThat(BlockingCalls.take()).isEmpty();
	}

	private static void block() {
		try {
			new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

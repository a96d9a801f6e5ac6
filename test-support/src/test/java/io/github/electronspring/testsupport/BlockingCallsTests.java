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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.Events;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

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
		Events tests = EngineTestKit.engine("junit-jupiter")
			.enableImplicitConfigurationParameters(true)
			.selectors(DiscoverySelectors.selectClass(Violation.class))
			.execute()
			.testEvents();
		tests.assertStatistics((statistics) -> statistics.started(1).failed(1));
		tests.failed()
			.assertEventsMatchExactly(
					EventConditions.finishedWithFailure(TestExecutionResultConditions.instanceOf(AssertionError.class),
							TestExecutionResultConditions.message("1 blocking calls on threads that must not block"),
							TestExecutionResultConditions
								.cause(TestExecutionResultConditions.instanceOf(BlockingOperationError.class))));
	}

	@Test
	void callAfterTheLastTestFailsTheClass() {
		EngineTestKit.engine("junit-jupiter")
			.enableImplicitConfigurationParameters(true)
			.selectors(DiscoverySelectors.selectClass(LateViolation.class))
			.execute()
			.containerEvents()
			.assertStatistics((statistics) -> statistics.failed(1));
	}

	@Test
	void callThatBlocksAnotherThreadIsNoMatter() {
		block();
		assertThat(BlockingCalls.take()).isEmpty();
	}

	private static void blockUnseen() {
		Mono.fromRunnable(BlockingCallsTests::block)
			.onErrorComplete()
			.subscribeOn(Schedulers.parallel())
			.block(TIMEOUT);
	}

	private static void block() {
		try {
			new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Blocks an event loop in a test, and nobody looks.
	 */
	static class Violation {

		@Test
		void violate() {
			blockUnseen();
		}

	}

	/**
	 * Blocks an event loop after its tests.
	 */
	static class LateViolation {

		@AfterAll
		static void violate() {
			blockUnseen();
		}

		@Test
		void nothing() {
			assertThat(BlockingCalls.take()).isEmpty();
		}

	}

}

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

package io.github.electronspring.turn;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ListenerNotifier}.
 *
 * @author The Electron Spring authors
 */
class ListenerNotifierTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ListenerNotifier.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.DEBUG);
	}

	@AfterEach
	void stopListening() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.appender);
	}

	@Test
	void failureOfAListenerIsLoggedOnceWithoutItsMessage() {
		ListenerNotifier notifier = new ListenerNotifier(List.of((event) -> {
			throw new IllegalStateException("secret");
		}));
		notifier.notify(new RoundStarted(1));
		notifier.notify(new RoundStarted(2));
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).startsWith("Turn listener '")
				.contains("threw 'java.lang.IllegalStateException' on 'RoundStarted'")
				.doesNotContain("secret");
			assertThat(event.getThrowableProxy()).isNull();
		});
	}

	@Test
	void failureOfTheVirtualMachineIsNotSwallowed() {
		ListenerNotifier notifier = new ListenerNotifier(List.of((event) -> {
			throw new InternalError();
		}));
		assertThatExceptionOfType(InternalError.class).isThrownBy(() -> notifier.notify(new RoundStarted(1)));
	}

}

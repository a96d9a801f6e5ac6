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

package io.github.electronspring.observation;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.electronspring.api.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestLog} and what is logged about listeners that fail.
 *
 * @author The Electron Spring authors
 */
class RequestLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.electronspring.observation");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final RequestLog log = new RequestLog();

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
	void requestIsOneLineAtDebugLevel() {
		this.log.onReport(Reports.success());
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
			assertThat(event.getLoggerName()).isEqualTo("io.github.electronspring.observation.RequestLog");
			assertThat(event.getFormattedMessage()).isEqualTo(
					"Request 'req-1' for model 'electron-1' at provider 'electron' ended with success after 640ms, "
							+ "status 200, attempts 2, waited 30ms, first chunk 210ms, per chunk 4ms, "
							+ "tokens 1200 in, 1024 of them cached, 80 out");
			assertThat(event.getMDCPropertyMap()).containsEntry("electron.request-id", "req-1")
				.containsEntry("electron.conversation-id", "call-7");
		});
	}

	@Test
	void estimateIsCalledOne() {
		this.log.onReport(Reports.cancelled());
		assertThat(this.appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("ended with cancelled")
				.endsWith("10 out (estimated)"));
	}

	@Test
	void errorIsNamedWithoutItsMessage() {
		this.log.onReport(Reports.failed(new IllegalStateException("secret", Failures.lostConnection())));
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).contains("ended with error (ElectronTransportException)")
				.doesNotContain("secret");
			assertThat(event.getThrowableProxy()).isNull();
			assertThat(event.getMDCPropertyMap()).doesNotContainKeys("electron.request-id", "electron.conversation-id");
		});
	}

	@Test
	void nothingIsLoggedAboveDebugLevel() {
		this.logger.setLevel(Level.INFO);
		assertThat(this.log.isEnabled()).isFalse();
		this.log.onReport(Reports.success());
		assertThat(this.appender.list).isEmpty();
	}

	@Test
	void listenerThatFailsIsLoggedOnceWithoutItsMessage() {
		GuardedReportListener guarded = new GuardedReportListener((report) -> {
			throw new IllegalStateException("secret");
		});
		List.of(Reports.success(), Reports.success()).forEach(guarded::onReport);
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).startsWith("Request report listener '")
				.contains("threw 'java.lang.IllegalStateException'")
				.doesNotContain("secret");
			assertThat(event.getThrowableProxy()).isNull();
		});
	}

}

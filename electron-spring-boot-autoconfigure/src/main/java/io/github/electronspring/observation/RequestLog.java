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

import java.time.Duration;
import java.util.Locale;

import io.github.electronspring.api.LogContext;
import io.github.electronspring.protocol.Usage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs one line for each request at debug level, without contents. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class RequestLog implements RequestReportListener {

	private static final Log logger = LogFactory.getLog(RequestLog.class);

	/**
	 * Return whether lines are logged at present.
	 * @return whether the debug level is on
	 */
	public boolean isEnabled() {
		return logger.isDebugEnabled();
	}

	@Override
	public void onReport(RequestReport report) {
		if (logger.isDebugEnabled()) {
			LogContext.run(report.requestId(), report.conversationId(), () -> logger.debug(describe(report)));
		}
	}

	private static String describe(RequestReport report) {
		StringBuilder text = new StringBuilder(200);
		text.append("Request '%s' for model '%s' at provider '%s' ended with %s".formatted(report.requestId(),
				report.model(), report.provider(), report.outcome().name().toLowerCase(Locale.ROOT)));
		if (report.error() != null) {
			text.append(" (").append(report.errorType()).append(')');
		}
		text.append(" after ").append(millis(report.duration()));
		text.append(", status ").append(report.status());
		text.append(", attempts ").append(report.attempts());
		text.append(", waited ").append(millis(report.waited()));
		text.append(", first chunk ").append(millis(report.timeToFirstChunk()));
		text.append(", per chunk ").append(millis(report.timePerOutputChunk()));
		Usage usage = report.usage();
		if (usage != null) {
			text.append(", tokens %d in, %d of them cached, %d out".formatted(usage.promptTokens(),
					usage.cachedTokens(), usage.completionTokens()));
			text.append(report.usageEstimated() ? " (estimated)" : "");
		}
		return text.toString();
	}

	private static String millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() + "ms" : "none";
	}

}

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

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;

/**
 * Tells a listener. What it throws does not break the request, and is logged once.
 *
 * @author The Electron Spring authors
 */
final class GuardedReportListener implements RequestReportListener {

	private static final Log logger = LogFactory.getLog(ReportingElectronApi.class);

	private final RequestReportListener listener;

	private final AtomicBoolean logged = new AtomicBoolean();

	GuardedReportListener(RequestReportListener listener) {
		this.listener = listener;
	}

	@Override
	public void onReport(RequestReport report) {
		try {
			this.listener.onReport(report);
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			if (this.logged.compareAndSet(false, true)) {
				// Without the message, which may quote anything
				logger.warn("Request report listener '%s' threw '%s', which is logged once"
					.formatted(this.listener.getClass().getName(), ex.getClass().getName()));
			}
		}
	}

}

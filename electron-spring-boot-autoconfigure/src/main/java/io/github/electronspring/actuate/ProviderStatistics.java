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

package io.github.electronspring.actuate;

import java.time.Instant;

import io.github.electronspring.api.ElectronAccessDeniedException;
import io.github.electronspring.api.ElectronAuthenticationException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one provider since the start. Thread-safe; the lock is taken a few
 * times a request.
 *
 * @author The Electron Spring authors
 */
final class ProviderStatistics {

	private UsageDescriptor usage = UsageDescriptor.NONE;

	private long retries;

	private long failovers;

	private @Nullable Instant refused;

	private @Nullable Instant lastAnswer;

	private @Nullable FailureDescriptor lastFailure;

	synchronized void ended(RequestReport report, Instant time) {
		this.usage = this.usage.plus(UsageDescriptor.of(report));
		if (report.error() != null) {
			failed(report.error(), time);
		}
		else if (isAnswer(report)) {
			this.lastAnswer = time;
			if (this.refused != null && !time.minus(report.duration()).isBefore(this.refused)) {
				this.refused = null;
			}
		}
	}

	private static boolean isAnswer(RequestReport report) {
		// Who cancels in the middle of a stream has seen that the provider answers
		return report.outcome() == RequestOutcome.SUCCESS || report.timeToFirstChunk() != null;
	}

	synchronized void retried(ElectronException failure, Instant time) {
		this.retries++;
		failed(failure, time);
	}

	synchronized void failedOver(ElectronException failure, Instant time) {
		this.failovers++;
		failed(failure, time);
	}

	private void failed(Throwable failure, Instant time) {
		ElectronException known = ElectronException.find(failure);
		if (known instanceof ElectronAuthenticationException || known instanceof ElectronAccessDeniedException) {
			this.refused = time;
		}
		if (known == null || !isRefusedHere(known)) {
			this.lastFailure = FailureDescriptor.of(failure, time);
		}
	}

	private static boolean isRefusedHere(ElectronException failure) {
		// Says nothing about the provider
		return !failure.isSent()
				&& (failure instanceof ElectronQuotaException || failure instanceof ElectronInvalidRequestException
						|| (failure instanceof ElectronTransportException transport && !transport.isConnectFailure()));
	}

	synchronized UsageDescriptor usage() {
		return this.usage;
	}

	synchronized long retries() {
		return this.retries;
	}

	synchronized long failovers() {
		return this.failovers;
	}

	/**
	 * Return whether the provider has refused the key since it was last asked something
	 * that it answered.
	 * @return whether it has
	 */
	synchronized boolean isRefused() {
		return this.refused != null;
	}

	synchronized @Nullable Instant lastAnswer() {
		return this.lastAnswer;
	}

	synchronized @Nullable FailureDescriptor lastFailure() {
		return this.lastFailure;
	}

}

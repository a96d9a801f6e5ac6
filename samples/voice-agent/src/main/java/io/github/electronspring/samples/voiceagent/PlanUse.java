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

package io.github.electronspring.samples.voiceagent;

import java.time.Duration;
import java.time.Instant;

import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.RequestQuota;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * How much of the plan is used, and whether it is used up. Thread-safe.
 *
 * @author The Electron Spring authors
 */
@Component
class PlanUse {

	private final ObjectProvider<RequestQuota> quota;

	private volatile @Nullable Instant refusedUntil;

	PlanUse(ObjectProvider<RequestQuota> quota) {
		this.quota = quota;
	}

	/**
	 * Note that a request was refused.
	 * @param refusal why and until when
	 */
	void refused(ElectronQuotaException refusal) {
		Instant until = refusal.getUntil();
		this.refusedUntil = (until != null) ? until : Instant.now().plusSeconds(1);
	}

	/**
	 * Return the use of the plan.
	 * @return the use
	 */
	PlanView view() {
		RequestQuota plan = this.quota.getObject();
		QuotaUsage usage = plan.usage();
		boolean limited = !plan.settings().plan().isUnlimited();
		Instant until = this.refusedUntil;
		long wait = (until != null) ? Duration.between(Instant.now(), until).toMillis() : 0;
		return new PlanView(plan.settings().plan().name(), usage.used(), limited ? usage.limit() : null,
				usage.inFlight(), limited ? usage.concurrency() : null, Math.max(0, wait));
	}

}

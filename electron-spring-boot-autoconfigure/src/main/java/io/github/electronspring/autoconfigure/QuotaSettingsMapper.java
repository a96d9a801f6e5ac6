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

package io.github.electronspring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import org.jspecify.annotations.Nullable;

/**
 * Maps properties to {@link Plan} and {@link QuotaSettings}.
 *
 * @author The Electron Spring authors
 */
final class QuotaSettingsMapper {

	private static final int NO_LIMIT = Integer.MAX_VALUE;

	private QuotaSettingsMapper() {
	}

	static QuotaSettings map(ElectronQuotaProperties properties, Plan plan) {
		return QuotaSettings.of(plan)
			.withMaxWait(properties.getMaxWait())
			.withMaxPending(properties.getMaxPending())
			.withMargin(properties.getMargin());
	}

	/**
	 * Return the plan of Electron's account.
	 * @param properties the properties
	 * @param connectionDetails what names a plan where the properties do not
	 * @return the plan
	 */
	static Plan plan(ElectronProperties properties, ElectronConnectionDetails connectionDetails) {
		Plan connected = connectionDetails.getPlan();
		if (properties.getPlan() == null) {
			return (connected != null) ? connected : Plan.STANDARD;
		}
		ElectronQuotaProperties quota = properties.getQuota();
		return plan(properties.getPlan(), quota.getRequestsPerMinute(), quota.getConcurrency());
	}

	static Plan plan(ElectronProviderProperties provider) {
		return plan(provider.getPlan(), provider.getRequestsPerMinute(), provider.getConcurrency());
	}

	/**
	 * Return a sentence about the limits in force.
	 * @param plan the plan
	 * @return the sentence
	 */
	static String describe(Plan plan) {
		if (plan.isUnlimited()) {
			return "Electron's plan has no limits; set 'electron.plan' to change it";
		}
		List<String> limits = new ArrayList<>();
		if (plan.requestsPerMinute() != NO_LIMIT) {
			limits.add("%d requests per minute".formatted(plan.requestsPerMinute()));
		}
		if (plan.concurrency() != NO_LIMIT) {
			limits.add("%d in flight".formatted(plan.concurrency()));
		}
		return "Electron's plan is '%s' with %s; set 'electron.plan' to change it".formatted(plan.name(),
				String.join(", ", limits));
	}

	private static Plan plan(ElectronPlan plan, @Nullable Integer requestsPerMinute, @Nullable Integer concurrency) {
		return switch (plan) {
			case STANDARD -> Plan.STANDARD;
			case ENTERPRISE -> Plan.ENTERPRISE;
			case UNLIMITED -> Plan.UNLIMITED;
			case CUSTOM -> Plan.custom((requestsPerMinute != null) ? requestsPerMinute : NO_LIMIT,
					(concurrency != null) ? concurrency : NO_LIMIT);
		};
	}

}

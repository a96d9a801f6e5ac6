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

import java.util.Locale;

import io.github.electronspring.observation.TurnObservationDocumentation.HighCardinalityKeyNames;
import io.github.electronspring.observation.TurnObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * How turns are observed by default. May be extended to add key values.
 *
 * @author The Electron Spring authors
 */
public class DefaultTurnObservationConvention implements TurnObservationConvention {

	/**
	 * The name of the observation, and of its timer.
	 */
	public static final String DEFAULT_NAME = "electron.turn.duration";

	static final String UNKNOWN = "unknown";

	private static final KeyValue UNKNOWN_OUTCOME = LowCardinalityKeyNames.OUTCOME.withValue(UNKNOWN);

	@Override
	public String getName() {
		return DEFAULT_NAME;
	}

	@Override
	public String getContextualName(TurnObservationContext context) {
		return "electron turn";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TurnObservationContext context) {
		TurnReport report = context.getReport();
		return KeyValues.of(LowCardinalityKeyNames.MODEL.withValue(model(context)), (report != null)
				? LowCardinalityKeyNames.OUTCOME.withValue(outcome(report.outcome())) : UNKNOWN_OUTCOME);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(TurnObservationContext context) {
		KeyValues keyValues = KeyValues.empty();
		String conversationId = context.getRequest().callContext().conversationId();
		if (conversationId != null) {
			keyValues = keyValues.and(HighCardinalityKeyNames.CONVERSATION_ID.withValue(conversationId));
		}
		TurnReport report = context.getReport();
		return (report != null)
				? keyValues.and(HighCardinalityKeyNames.ROUNDS.withValue(String.valueOf(report.rounds()))) : keyValues;
	}

	static String model(TurnObservationContext context) {
		String model = context.getRequest().request().model();
		return (model != null) ? model : UNKNOWN;
	}

	static String outcome(RequestOutcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

}

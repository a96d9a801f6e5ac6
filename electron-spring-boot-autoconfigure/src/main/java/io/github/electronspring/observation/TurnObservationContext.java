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

import io.github.electronspring.turn.TurnRequest;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What handlers and conventions know of a turn. Its outcome and rounds are known at the
 * end only.
 *
 * @author The Electron Spring authors
 */
public final class TurnObservationContext extends Observation.Context {

	private final TurnRequest request;

	private volatile @Nullable TurnReport report;

	TurnObservationContext(TurnRequest request) {
		this.request = request;
	}

	/**
	 * Return what the turn began with.
	 * @return the request
	 */
	public TurnRequest getRequest() {
		return this.request;
	}

	/**
	 * Return what is known of the turn at its end.
	 * @return the report, or {@code null} as long as the turn goes on
	 */
	public @Nullable TurnReport getReport() {
		return this.report;
	}

	void setReport(TurnReport report) {
		this.report = report;
	}

}

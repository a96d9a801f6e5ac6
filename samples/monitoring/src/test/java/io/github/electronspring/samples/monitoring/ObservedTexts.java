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

package io.github.electronspring.samples.monitoring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Keeps what a span would hold of each observation.
 *
 * @author The Electron Spring authors
 */
final class ObservedTexts implements ObservationHandler<Observation.Context> {

	private final List<String> texts = new CopyOnWriteArrayList<>();

	@Override
	public void onStop(Observation.Context context) {
		this.texts.add("%s %s %s %s".formatted(context.getName(), context.getContextualName(),
				context.getAllKeyValues(), context.getError()));
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	List<String> texts() {
		return this.texts;
	}

}

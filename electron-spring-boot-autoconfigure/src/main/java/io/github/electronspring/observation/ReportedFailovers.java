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

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.resilience.ResilienceListener;

/**
 * Lets the report of a request name the provider that it has gone on to, even if that one
 * does not answer either. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ReportedFailovers implements ResilienceListener {

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		RequestFacts facts = RequestFacts.from(context);
		if (facts != null) {
			facts.goesTo(to);
		}
	}

}

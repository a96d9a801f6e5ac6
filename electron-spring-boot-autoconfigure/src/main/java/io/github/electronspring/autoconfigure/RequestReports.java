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

import java.util.List;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.observation.ReportedProvider;
import io.github.electronspring.observation.ReportingElectronApi;
import io.github.electronspring.observation.RequestLog;
import io.github.electronspring.observation.RequestReportListener;

/**
 * Lets listeners learn how requests end, if there are any.
 *
 * @param properties the prices
 * @param listeners the listeners in order
 * @author The Electron Spring authors
 */
record RequestReports(ElectronProperties properties, List<RequestReportListener> listeners) {

	/**
	 * Report the requests of an API.
	 * @param api the API
	 * @param providers those that may answer; the one that is asked first comes first
	 * @return an API that reports, or the same one if nothing listens. The log counts if
	 * it is on now: without metrics a level that is set later costs nobody else a thing.
	 */
	ElectronApi report(ElectronApi api, List<ElectronProvider> providers) {
		return this.listeners.stream().anyMatch(RequestReports::listens)
				? new ReportingElectronApi(api, reported(providers), this.listeners) : api;
	}

	private static boolean listens(RequestReportListener listener) {
		return !(listener instanceof RequestLog log) || log.isEnabled();
	}

	private List<ReportedProvider> reported(List<ElectronProvider> providers) {
		return providers.stream()
			.map((provider) -> new ReportedProvider(provider.name(), provider.model(),
					TokenPricesMapper.map(this.properties).apply(provider.name())))
			.toList();
	}

}

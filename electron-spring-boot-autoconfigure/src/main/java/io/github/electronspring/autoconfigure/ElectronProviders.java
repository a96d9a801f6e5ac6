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

import io.github.electronspring.actuate.MonitoredProvider;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.resilience.FailoverElectronApi;
import io.github.electronspring.resilience.FailoverSettings;
import io.github.electronspring.resilience.ModelElectronApi;
import io.github.electronspring.resilience.Provider;
import io.github.electronspring.resilience.ResilienceListener;

/**
 * All providers, Electron first.
 *
 * @param providers the providers
 * @author The Electron Spring authors
 */
record ElectronProviders(List<ElectronProvider> providers) {

	ElectronProviders {
		providers = List.copyOf(providers);
	}

	ElectronProvider get(String name) {
		return this.providers.stream()
			.filter((provider) -> provider.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No provider '%s'".formatted(name)));
	}

	/**
	 * Return the providers as operators see them.
	 * @return the providers in the same order
	 */
	List<MonitoredProvider> monitored() {
		return this.providers.stream()
			.map((provider) -> new MonitoredProvider(provider.name(), provider.baseUrl(), provider.model(),
					provider.quota(), provider.circuit()::getState))
			.toList();
	}

	/**
	 * Return what asks Electron, and other providers where it fails.
	 * @param properties say who is asked then, and when
	 * @param listener what learns of it
	 * @return the API
	 */
	ElectronApi failover(ElectronProperties properties, ResilienceListener listener) {
		ElectronProvider first = this.providers.get(0);
		if (properties.getFailover().isEmpty()) {
			return first.api();
		}
		List<Provider> order = new ArrayList<>();
		order.add(new Provider(first.name(), first.api()));
		for (String name : properties.getFailover()) {
			ElectronProvider next = get(name);
			order.add(new Provider(name, new ModelElectronApi(next.api(), next.model())));
		}
		return new FailoverElectronApi(order,
				new FailoverSettings(properties.getFailoverAfter(), properties.isFailoverOnClientErrors()), listener);
	}

}

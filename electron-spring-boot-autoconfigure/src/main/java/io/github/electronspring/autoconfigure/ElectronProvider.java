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

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.resilience.CircuitBreakingElectronApi;

/**
 * A provider and what guards its requests.
 *
 * @param name its name
 * @param baseUrl its base URL
 * @param model its model
 * @param api the whole chain of decorators
 * @param quota its limits
 * @param circuit what keeps requests from it while it fails
 * @author The Electron Spring authors
 */
record ElectronProvider(String name, String baseUrl, String model, ElectronApi api, RequestQuota quota,
		CircuitBreakingElectronApi circuit) {

}

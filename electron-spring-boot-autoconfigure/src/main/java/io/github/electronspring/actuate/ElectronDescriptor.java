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
import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the {@link ElectronEndpoint} shows: numbers and names, no contents. Immutable.
 *
 * @param since since when is counted
 * @param usage the tokens of all providers together
 * @param providers the providers, Electron first
 * @param tools the tools by name
 * @param requests the last requests, latest first
 * @author The Electron Spring authors
 */
public record ElectronDescriptor(Instant since, UsageDescriptor usage, List<ProviderDescriptor> providers,
		List<ToolDescriptor> tools, List<RequestDescriptor> requests) implements OperationResponseBody {

	/**
	 * Create a description.
	 */
	public ElectronDescriptor {
		providers = List.copyOf(providers);
		tools = List.copyOf(tools);
		requests = List.copyOf(requests);
	}

}

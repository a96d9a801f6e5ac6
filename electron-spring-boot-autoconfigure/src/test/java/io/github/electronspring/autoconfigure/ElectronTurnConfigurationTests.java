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

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.turn.TurnSettings;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.context.request.AbstractRequestAttributes;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronTurnConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronTurnConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test");

	@AfterEach
	void clear() {
		MDC.clear();
		LocaleContextHolder.resetLocaleContext();
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void modelHasTheSettings() {
		this.contextRunner.withPropertyValues("electron.tools.timeout=2s", "electron.tools.parallel=false")
			.run((context) -> {
				TurnSettings settings = context.getBean(TurnSettings.class);
				assertThat(settings.toolTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(settings.parallel()).isFalse();
				assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.turnSettings")
					.isSameAs(settings);
			});
	}

	@Test
	void settingsOfTheUserWin() {
		TurnSettings own = TurnSettings.defaults().withParallel(false);
		this.contextRunner.withBean(TurnSettings.class, () -> own)
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.turnSettings")
				.isSameAs(own));
	}

	@Test
	void executorInWhichTasksWaitIsPassedOver() {
		this.contextRunner.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
			.isSameAs(TurnSettings.defaults().toolExecutor()));
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, () -> {
			SimpleAsyncTaskExecutor throttled = new SimpleAsyncTaskExecutor();
			throttled.setConcurrencyLimit(1);
			return throttled;
		})
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(TurnSettings.defaults().toolExecutor()));
	}

	@Test
	void poolWithAQueueIsPassedOver() {
		ExecutorService fixed = Executors.newFixedThreadPool(8);
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, () -> fixed)
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(TurnSettings.defaults().toolExecutor()));
		ExecutorService cached = Executors.newCachedThreadPool();
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, () -> cached)
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class))).isSameAs(cached));
		fixed.shutdown();
		cached.shutdown();
	}

	@Test
	void executorInWhichTheEventLoopWouldRunTasksIsPassedOver() {
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, SyncTaskExecutor::new)
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(TurnSettings.defaults().toolExecutor()));
		this.contextRunner.withPropertyValues("spring.task.execution.pool.queue-capacity=0")
			.withBean(ThreadPoolTaskExecutorCustomizer.class,
					() -> (executor) -> executor.setRejectedExecutionHandler(new CallerRunsPolicy()))
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(TurnSettings.defaults().toolExecutor()));
	}

	@Test
	void executorInWhichNoTaskWaitsIsUsed() {
		this.contextRunner.withPropertyValues("spring.task.execution.pool.queue-capacity=0")
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(context.getBean("applicationTaskExecutor")));
		Executor own = Runnable::run;
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, () -> own)
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class))).isSameAs(own));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsAreUsedWhenAskedFor() {
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isSameAs(context.getBean("applicationTaskExecutor"))
				.isInstanceOf(SimpleAsyncTaskExecutor.class));
		this.contextRunner
			.withPropertyValues("spring.threads.virtual.enabled=true",
					"spring.task.execution.simple.concurrency-limit=1")
			.run((context) -> assertThat(executor(context.getBean(TurnSettings.class)))
				.isInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	void diagnosticContextAndLocaleAreCarriedAndTheGlobalRegistryIsLeftAlone() {
		int global = ContextRegistry.getInstance().getThreadLocalAccessors().size();
		this.contextRunner.run((context) -> {
			MDC.put("call", "c1");
			LocaleContextHolder.setLocale(Locale.GERMAN);
			RequestContextHolder.setRequestAttributes(new Attributes());
			assertThat(seenByAnotherThread(context.getBean(TurnSettings.class))).isEqualTo("c1 de null");
		});
		assertThat(ContextRegistry.getInstance().getThreadLocalAccessors()).hasSize(global);
	}

	@Test
	void requestAttributesAreCarriedWhenAskedFor() {
		this.contextRunner.withPropertyValues("electron.tools.propagate-request-attributes=true").run((context) -> {
			RequestContextHolder.setRequestAttributes(new Attributes());
			assertThat(seenByAnotherThread(context.getBean(TurnSettings.class))).endsWith("session-1");
		});
	}

	@Test
	void whatIsRegisteredGloballyIsCarried() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
		try {
			this.contextRunner.run((context) -> {
				tenant.set("acme");
				assertThat(onAnotherThread(context.getBean(TurnSettings.class), tenant::get)).isEqualTo("acme");
			});
		}
		finally {
			tenant.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
		}
	}

	@Test
	void registryAndFactoryOfTheUserWin() {
		this.contextRunner.withBean(ContextRegistry.class, ContextRegistry::new).run((context) -> {
			MDC.put("call", "c1");
			assertThat(seenByAnotherThread(context.getBean(TurnSettings.class))).startsWith("null ");
		});
		ContextSnapshotFactory own = ContextSnapshotFactory.builder().build();
		this.contextRunner.withBean(ContextSnapshotFactory.class, () -> own)
			.run((context) -> assertThat(context.getBean(TurnSettings.class).contextSnapshotFactory()).isSameAs(own));
	}

	private static Executor executor(TurnSettings settings) {
		return settings.toolExecutor();
	}

	private static String seenByAnotherThread(TurnSettings settings) throws InterruptedException {
		return onAnotherThread(settings, () -> {
			RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
			return MDC.get("call") + " " + LocaleContextHolder.getLocale() + " "
					+ ((attributes != null) ? attributes.getSessionId() : null);
		});
	}

	private static String onAnotherThread(TurnSettings settings, Supplier<String> supplier)
			throws InterruptedException {
		AtomicReference<String> seen = new AtomicReference<>();
		Thread thread = new Thread(settings.contextSnapshotFactory().captureAll().wrap(() -> seen.set(supplier.get())));
		thread.start();
		thread.join(5000);
		return seen.get();
	}

	/**
	 * Attributes of a request without a web server.
	 */
	static class Attributes extends AbstractRequestAttributes {

		private final Map<String, Object> values = new HashMap<>();

		@Override
		protected void updateAccessedSessionAttributes() {
		}

		@Override
		public Object getAttribute(String name, int scope) {
			return this.values.get(name);
		}

		@Override
		public void setAttribute(String name, Object value, int scope) {
			this.values.put(name, value);
		}

		@Override
		public void removeAttribute(String name, int scope) {
			this.values.remove(name);
		}

		@Override
		public String[] getAttributeNames(int scope) {
			return this.values.keySet().toArray(new String[0]);
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback, int scope) {
		}

		@Override
		public Object resolveReference(String key) {
			return null;
		}

		@Override
		public String getSessionId() {
			return "session-1";
		}

		@Override
		public Object getSessionMutex() {
			return this;
		}

	}

}

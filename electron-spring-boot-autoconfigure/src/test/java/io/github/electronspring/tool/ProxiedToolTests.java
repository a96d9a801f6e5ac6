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

package io.github.electronspring.tool;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntSupplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.support.BeanDefinitionReaderUtils;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for tools of beans behind proxies.
 *
 * @author The Electron Spring authors
 */
class ProxiedToolTests {

	@Test
	void scopedProxiesAreFoundOnceAndCalled() {
		for (boolean proxyTargetClass : new boolean[] { true, false }) {
			ElectronToolRegistryTests.Counted.created.set(0);
			try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
				context.getBeanFactory().registerScope("thread", new SimpleThreadScope());
				RootBeanDefinition definition = new RootBeanDefinition(CountedByInterface.class);
				definition.setScope("thread");
				BeanDefinitionHolder proxy = ScopedProxyUtils
					.createScopedProxy(new BeanDefinitionHolder(definition, "counted"), context, proxyTargetClass);
				BeanDefinitionReaderUtils.registerBeanDefinition(proxy, context);
				context.refresh();
				ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
				assertThat(registry.getToolNames()).containsExactly("count");
				assertThat(ElectronToolRegistryTests.Counted.created).hasValue(0);
				assertThat(registry.getToolCallback("count").call("{}")).isEqualTo("1");
			}
		}
	}

	@Test
	void adviceOfClassProxiesApplies() {
		assertThat(callThroughProxy(ElectronToolRegistryTests.Inheriting.class, true, "greet"))
			.containsExactly("greet");
		assertThat(callThroughProxy(ElectronToolRegistryTests.Inheriting.class, true, "fromSuperclass"))
			.containsExactly("fromSuperclass");
	}

	@Test
	void adviceOfInterfaceProxiesApplies() {
		assertThat(callThroughProxy(ElectronToolRegistryTests.PoliteGreeter.class, false, "greet"))
			.containsExactly("greet");
	}

	@Test
	void annotationOnTheClassBehindAnInterfaceProxyCounts() {
		assertThat(callThroughProxy(AnnotatedClass.class, false, "work")).containsExactly("work");
	}

	private List<String> callThroughProxy(Class<?> type, boolean proxyTargetClass, String tool) {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			Recorder recorder = new Recorder();
			context.registerBean("recorder", MethodInterceptor.class, () -> recorder);
			context.registerBean(BeanNameAutoProxyCreator.class, () -> autoProxy(proxyTargetClass));
			context.registerBean("proxied", type);
			context.refresh();
			assertThat(Proxy.isProxyClass(context.getBean("proxied").getClass())).isEqualTo(!proxyTargetClass);
			context.getBean(ElectronToolRegistry.class).getToolCallback(tool).call("{\"name\":\"Bo\"}");
			return recorder.calls;
		}
	}

	static BeanNameAutoProxyCreator autoProxy(boolean proxyTargetClass) {
		BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
		creator.setBeanNames("proxied");
		creator.setInterceptorNames("recorder");
		creator.setProxyTargetClass(proxyTargetClass);
		return creator;
	}

	@Test
	void methodThatAnInterfaceProxyHidesIsRefused() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			context.registerBean("recorder", MethodInterceptor.class, Recorder::new);
			context.registerBean(BeanNameAutoProxyCreator.class, () -> autoProxy(false));
			context.registerBean("proxied", Hidden.class);
			assertThatExceptionOfType(InvalidElectronToolException.class).isThrownBy(context::refresh)
				.withMessageContaining("is on no interface of the bean's proxy")
				.satisfies((ex) -> assertThat(ex.getAction()).contains("spring.aop.proxy-target-class"));
		}
	}

	@Test
	void proxiesRegisteredAsSingletonsAreFoundByTheirInterfaces() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			ProxyFactory factory = new ProxyFactory(new ElectronToolRegistryTests.PoliteGreeter());
			context.getBeanFactory().registerSingleton("greeter", factory.getProxy());
			context.refresh();
			assertThat(context.getBean(ElectronToolRegistry.class).getToolCallback("greet").call("{\"name\":\"Bo\"}"))
				.isEqualTo("Hi Bo");
		}
	}

	static class CountedByInterface implements IntSupplier {

		private final int number = ElectronToolRegistryTests.Counted.created.incrementAndGet();

		@Override
		@ElectronTool(name = "count")
		public int getAsInt() {
			return this.number;
		}

	}

	interface Work {

		int work();

	}

	static class AnnotatedClass implements Work {

		@Override
		@ElectronTool
		public int work() {
			return 1;
		}

	}

	static class Hidden implements Work {

		@Override
		public int work() {
			return 1;
		}

		@ElectronTool
		int hidden() {
			return 1;
		}

	}

}

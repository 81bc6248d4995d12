using AutoMapper;
using Microsoft.Extensions.DependencyInjection;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests;

public sealed class MappingTests
{
    [Test]
    public void Every_member_is_mapped_from_one_of_the_same_name()
    {
        using var service = Service.Start();

        service.Services.GetRequiredService<IConfigurationProvider>().AssertConfigurationIsValid();
    }
}

namespace Influence.Benchmarks.Scale;

/// <summary>Stands in for xunit's: the benchmarks share the tests' Azurite, but are no tests.</summary>
internal interface IAsyncLifetime
{
    Task InitializeAsync();

    Task DisposeAsync();
}

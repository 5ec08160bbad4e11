import click

@click.command()
def cli():
    work()

def work():
    pass

cli()

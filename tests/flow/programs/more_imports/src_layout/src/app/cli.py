from app.core import run

def main():
    run()

main()

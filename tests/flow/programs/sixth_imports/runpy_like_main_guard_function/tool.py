def main(): step()
def step(): pass
if __name__ == "__main__":
    main()
